"""What all routes share: reading a request, knowing who sent it, answering, refusing."""
