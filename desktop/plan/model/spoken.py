"""What the plan's screens say to the person, in Dutch, so that the person's language can stand beside it."""

from desktop.i18n.mark import N_

MORNING = N_("Ochtend")
AFTERNOON = N_("Middag")
FITS = N_("Past dit plan bij u?")
YES = N_("Ja")
NOT_YET = N_("Nog niet")
WHAT_ELSE = N_("Wat moet er anders?")
SIGN_HERE = N_("Ik ken mijn plan en ik ga ermee aan de slag.")
READ_ALOUD = N_("Dit plan is mij voorgelezen in mijn taal.")
