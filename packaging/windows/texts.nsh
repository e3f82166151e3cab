; What the installer says besides what NSIS says itself, in the three languages. Arabic: no native reader has seen it.
!macro Said name english dutch arabic
    LangString ${name} ${LANG_ENGLISH} "${english}"
    LangString ${name} ${LANG_DUTCH} "${dutch}"
    LangString ${name} ${LANG_ARABIC} "${arabic}"
!macroend

!insertmacro Said IsRunning "Opmaat is running. Close it and try again." \
    "Opmaat is nog open. Sluit het programma en probeer het opnieuw." \
    "برنامج Opmaat مفتوح. أغلقه ثم حاول مرة أخرى."
!insertmacro Said FolderInUse "The folder holds something else than Opmaat. Choose an empty folder." \
    "In de map staat iets anders dan Opmaat. Kies een lege map." \
    "يحتوي المجلد على شيء آخر غير Opmaat. اختر مجلدًا فارغًا."
!insertmacro Said Preparing "Preparing the program, about half a minute" \
    "Het programma wordt klaargemaakt, ongeveer een halve minuut" \
    "يجري تجهيز البرنامج، نحو نصف دقيقة"
!insertmacro Said Purpose "The broad intake with newcomers, in two languages at once" \
    "De brede intake met nieuwkomers, in twee talen tegelijk" \
    "المقابلة الشاملة مع القادمين الجدد، بلغتين في آن واحد"
!insertmacro Said CaseFile "Opmaat case, sealed for another organisation" \
    "Opmaat-dossier, verzegeld voor een andere organisatie" \
    "ملف أوبمات مختوم لمنظمة أخرى"
!insertmacro Said BackupFile "Opmaat backup" "Reservekopie van Opmaat" "نسخة احتياطية من أوبمات"
!insertmacro Said InvitationFile "Opmaat invitation" "Uitnodiging voor Opmaat" "دعوة أوبمات"
!insertmacro Said RemoveTitle "Remove Opmaat" "Opmaat verwijderen" "إزالة Opmaat"
!insertmacro Said RemoveSubtitle "The program is removed from this account." \
    "Het programma wordt van dit account verwijderd." \
    "سيُزال البرنامج من هذا الحساب."
!insertmacro Said VaultsStay "Your vaults stay on this laptop. When Opmaat is installed again, they open as before." \
    "Uw kluizen blijven op deze laptop staan. Wordt Opmaat opnieuw geïnstalleerd, dan gaan ze weer open zoals voorheen." \
    "تبقى خزائنك على هذا الحاسوب. إذا ثُبّت Opmaat من جديد فستُفتح كما كانت."
!insertmacro Said DeleteToo "Delete the vaults too" "Verwijder ook de kluizen" "احذف الخزائن أيضًا"
!insertmacro Said DeleteWarning "What is in no backup and was not sent to the server is then gone for good." \
    "Wat niet in een reservekopie staat en niet naar de server is gestuurd, is dan voorgoed weg." \
    "ما ليس في نسخة احتياطية ولم يُرسل إلى الخادم يضيع عندئذ نهائيًا."
