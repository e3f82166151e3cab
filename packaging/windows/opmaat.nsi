; The installer for Windows: for one person, without an administrator. packaging/installers/windows_installer.py gives
; VERSION, NUMBERS, TREE, LISTED, TARGET, SIZE, COMPRESSION, and SIGN where a key was named.
;
;   setup.exe /S                        installs without a question
;   setup.exe /S /D=C:\a\folder         into another folder, empty or with an Opmaat in it; the last word, without quotes
;   uninstall.exe /S                    removes the program, keeps the vaults
;   uninstall.exe /S /DELETEVAULTS      removes both
;
; Exit status: 0 done, 1 cancelled, 2 Opmaat is running, 3 the folder holds something else.
Unicode true
Target amd64-unicode
SetCompressor /SOLID ${COMPRESSION}
!if "${COMPRESSION}" == "lzma"
    SetCompressorDictSize 64
!endif
SetDatablockOptimize on
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
!include MUI2.nsh
!include nsDialogs.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Opmaat"
!define CLASSES "Software\Classes"
!define STATE "$LOCALAPPDATA\opmaat"
!define START '"$INSTDIR\runtime\pythonw.exe" -m desktop'

Name "Opmaat"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\Opmaat"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "Opmaat ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "Opmaat"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${NUMBERS}"
VIAddVersionKey /LANG=0 "FileDescription" "Opmaat"
VIAddVersionKey /LANG=0 "LegalCopyright" "Opmaat maintainers, EUPL-1.2"
!ifdef SIGN
    !finalize '${SIGN} "%1"'
    !uninstfinalize '${SIGN} "%1"'
!endif

Var DeleteVaults
Var Box

!define MUI_ICON "${TREE}/opmaat.ico"
!define MUI_UNICON "${TREE}/opmaat.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\runtime\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-m desktop"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.AskVaults un.TakeVaults
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"
!insertmacro MUI_LANGUAGE "Arabic"
!include texts.nsh

!macro Refuse status text
    ${IfNot} ${Silent}
        MessageBox MB_OK|MB_ICONEXCLAMATION "${text}"
    ${EndIf}
    SetErrorLevel ${status}
    Quit
!macroend

; A library that the interpreter holds cannot be opened for writing.
!macro RefuseWhileRunning
    ${If} ${FileExists} "$INSTDIR\runtime\python3.dll"
        ClearErrors
        FileOpen $0 "$INSTDIR\runtime\python3.dll" a
        ${If} ${Errors}
            !insertmacro Refuse 2 "$(IsRunning)"
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

!macro RemoveProgram
    RMDir /r "$INSTDIR\runtime"
    RMDir /r "$INSTDIR\lib"
    RMDir /r "$INSTDIR\doc"
    Delete "$INSTDIR\opmaat.cmd"
    Delete "$INSTDIR\opmaat.ico"
!macroend

!macro KindOfFile ending class description
    WriteRegStr HKCU "${CLASSES}\${class}" "" "${description}"
    WriteRegStr HKCU "${CLASSES}\${class}\DefaultIcon" "" "$INSTDIR\opmaat.ico"
    WriteRegStr HKCU "${CLASSES}\${class}\shell\open\command" "" '${START}'
    WriteRegStr HKCU "${CLASSES}\${ending}" "" "${class}"
    WriteRegStr HKCU "${CLASSES}\${ending}\OpenWithProgids" "${class}" ""
!macroend

!macro NoKindOfFile ending class
    DeleteRegKey HKCU "${CLASSES}\${class}"
    DeleteRegKey HKCU "${CLASSES}\${ending}"
!macroend

!macro TellTheShell
    System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
!macroend

Function .onInit
    SetShellVarContext current
    ${IfNot} ${FileExists} "$INSTDIR\uninstall.exe"
        ${DirState} "$INSTDIR" $0
        ${If} $0 == 1
            !insertmacro Refuse 3 "$(FolderInUse)"
        ${EndIf}
    ${EndIf}
    !insertmacro RefuseWhileRunning
FunctionEnd

Section
    !insertmacro RemoveProgram
    !include "${LISTED}"
    SetOutPath "$INSTDIR"
    DetailPrint "$(Preparing)"
    nsExec::Exec '"$INSTDIR\runtime\python.exe" -m compileall -q -j 0 "$INSTDIR\lib"'
    Pop $0
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortCut "$SMPROGRAMS\Opmaat.lnk" "$INSTDIR\runtime\pythonw.exe" "-m desktop" "$INSTDIR\opmaat.ico" 0 \
        SW_SHOWNORMAL "" "$(Purpose)"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Opmaat"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Opmaat maintainers"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\opmaat.ico"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    !insertmacro KindOfFile ".opmaat" "Opmaat.Case" "$(CaseFile)"
    !insertmacro KindOfFile ".opmaatbackup" "Opmaat.Backup" "$(BackupFile)"
    !insertmacro KindOfFile ".opmaat-invitation" "Opmaat.Invitation" "$(InvitationFile)"
    !insertmacro TellTheShell
SectionEnd

Function un.onInit
    SetShellVarContext current
    !insertmacro MUI_UNGETLANGUAGE
    StrCpy $DeleteVaults 0
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/DELETEVAULTS" $1
    ${IfNot} ${Errors}
        StrCpy $DeleteVaults 1
    ${EndIf}
    !insertmacro RefuseWhileRunning
FunctionEnd

Function un.AskVaults
    !insertmacro MUI_HEADER_TEXT "$(RemoveTitle)" "$(RemoveSubtitle)"
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateLabel} 0 0 100% 36u "$(VaultsStay)"
    Pop $0
    ${NSD_CreateCheckbox} 0 44u 100% 12u "$(DeleteToo)"
    Pop $Box
    ${NSD_CreateLabel} 0 62u 100% 36u "$(DeleteWarning)"
    Pop $0
    nsDialogs::Show
FunctionEnd

Function un.TakeVaults
    ${NSD_GetState} $Box $DeleteVaults
FunctionEnd

Section "Uninstall"
    !insertmacro RemoveProgram
    Delete "$INSTDIR\uninstall.exe"
    SetOutPath "$TEMP"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Opmaat.lnk"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    !insertmacro NoKindOfFile ".opmaat" "Opmaat.Case"
    !insertmacro NoKindOfFile ".opmaatbackup" "Opmaat.Backup"
    !insertmacro NoKindOfFile ".opmaat-invitation" "Opmaat.Invitation"
    !insertmacro TellTheShell
    ${If} $DeleteVaults == 1
        RMDir /r "${STATE}"
    ${EndIf}
SectionEnd
