"""Before a vault is open: who works now, joining with an invitation, practising, the recovery key."""
