<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AdminFlow</name>
    <message>
        <source>Exit to the system?</source>
        <translation>Exit to the system?</translation>
    </message>
    <message>
        <source>Nobody is recognised at this door until the kiosk is started again.</source>
        <translation>Nobody is recognised at this door until the kiosk is started again.</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Exit</translation>
    </message>
</context>
<context>
    <name>AdminHome</name>
    <message>
        <source>Administration</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Back to the entrance</source>
        <translation>Back to the entrance</translation>
    </message>
    <message>
        <source>Enroll somebody</source>
        <translation>Enroll somebody</translation>
    </message>
    <message>
        <source>Exit to the system</source>
        <translation>Exit to the system</translation>
    </message>
    <message>
        <source>Employees</source>
        <translation>Employees</translation>
    </message>
    <message>
        <source>Today&apos;s events</source>
        <translation>Today&apos;s events</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Change the password</translation>
    </message>
</context>
<context>
    <name>AdminScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>AskedPassword</name>
    <message>
        <source>This is not the password.</source>
        <translation>This is not the password.</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong attempts. Try again in %n minute(s).</source>
        <translation>
            <numerusform>Too many wrong attempts. Try again in %n minute.</numerusform>
            <numerusform>Too many wrong attempts. Try again in %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Too many wrong attempts. Try again in %n second.</numerusform>
            <numerusform>Too many wrong attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CameraLabels</name>
    <message>
        <source>Camera unplugged — trying again</source>
        <translation>Camera unplugged — trying again</translation>
    </message>
    <message>
        <source>The kiosk may not use the camera — tell the administrator</source>
        <translation>The kiosk may not use the camera — tell the administrator</translation>
    </message>
    <message>
        <source>Another program uses the camera — trying again</source>
        <translation>Another program uses the camera — trying again</translation>
    </message>
    <message>
        <source>The camera cannot be reached — trying again</source>
        <translation>The camera cannot be reached — trying again</translation>
    </message>
    <message>
        <source>The camera gives no video — check its address and password</source>
        <translation>The camera gives no video — check its address and password</translation>
    </message>
    <message>
        <source>The camera sends no picture — trying again</source>
        <translation>The camera sends no picture — trying again</translation>
    </message>
    <message>
        <source>The camera has stopped — trying again</source>
        <translation>The camera has stopped — trying again</translation>
    </message>
    <message>
        <source>The camera has stopped sending — trying again</source>
        <translation>The camera has stopped sending — trying again</translation>
    </message>
    <message>
        <source>The camera sends a broken picture — trying again</source>
        <translation>The camera sends a broken picture — trying again</translation>
    </message>
    <message>
        <source>The camera&apos;s picture stands still — trying again</source>
        <translation>The camera&apos;s picture stands still — trying again</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black — is the lens covered?</source>
        <translation>The camera&apos;s picture is black — is the lens covered?</translation>
    </message>
    <message>
        <source>The camera does not work — trying again</source>
        <translation>The camera does not work — trying again</translation>
    </message>
    <message>
        <source>The camera&apos;s picture has a size that cannot be used — set another resolution</source>
        <translation>The camera&apos;s picture has a size that cannot be used — set another resolution</translation>
    </message>
</context>
<context>
    <name>CameraStep</name>
    <message>
        <source>Does the camera see you?</source>
        <translation>Does the camera see you?</translation>
    </message>
    <message>
        <source>At eye level, 1.4 to 1.6 m above the floor, with the light on the faces and not behind them.</source>
        <translation>At eye level, 1.4 to 1.6 m above the floor, with the light on the faces and not behind them.</translation>
    </message>
    <message>
        <source>Starting the camera</source>
        <translation>Starting the camera</translation>
    </message>
    <message>
        <source>Stand before the camera</source>
        <translation>Stand before the camera</translation>
    </message>
    <message>
        <source>Your face is seen well</source>
        <translation>Your face is seen well</translation>
    </message>
</context>
<context>
    <name>CaptureStep</name>
    <message>
        <source>The pictures are taken by themselves, and none of them is kept.</source>
        <translation>The pictures are taken by themselves, and none of them is kept.</translation>
    </message>
    <message>
        <source>The picture cannot be judged; the log says why.</source>
        <translation>The picture cannot be judged; the log says why.</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>There is no picture from the camera.</translation>
    </message>
    <message>
        <source>{taken} of {most} pictures</source>
        <translation>{taken} of {most} pictures</translation>
    </message>
</context>
<context>
    <name>ChangePasswordScreen</name>
    <message>
        <source>Change the administrator&apos;s password</source>
        <translation>Change the administrator&apos;s password</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>Current password</translation>
    </message>
    <message>
        <source>Enter the current password first.</source>
        <translation>Enter the current password first.</translation>
    </message>
    <message>
        <source>The new password is in force from now on.</source>
        <translation>The new password is in force from now on.</translation>
    </message>
</context>
<context>
    <name>ChoosePasswordScreen</name>
    <message>
        <source>Choose the administrator&apos;s password</source>
        <translation>Choose the administrator&apos;s password</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choose</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>The person has read this and agrees</source>
        <translation>The person has read this and agrees</translation>
    </message>
    <message>
        <source>With the camera</source>
        <translation>With the camera</translation>
    </message>
    <message>
        <source>From photographs</source>
        <translation>From photographs</translation>
    </message>
    <message>
        <source>Without a face, by PIN</source>
        <translation>Without a face, by PIN</translation>
    </message>
</context>
<context>
    <name>DemoEnd</name>
    <message>
        <source>That was the demo</source>
        <translation>That was the demo</translation>
    </message>
    <message>
        <source>Connect a camera, and people at your own door are greeted like this. Nothing leaves the device.</source>
        <translation>Connect a camera, and people at your own door are greeted like this. Nothing leaves the device.</translation>
    </message>
    <message numerus="yes">
        <source>This window closes in %n second(s).</source>
        <translation>
            <numerusform>This window closes in %n second.</numerusform>
            <numerusform>This window closes in %n seconds.</numerusform>
        </translation>
    </message>
    <message>
        <source>Play it again</source>
        <translation>Play it again</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Set up this device</source>
        <translation>Set up this device</translation>
    </message>
</context>
<context>
    <name>EditScreen</name>
    <message>
        <source>Edit {name}</source>
        <translation>Edit {name}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>This person is not in the database any more.</source>
        <translation>This person is not in the database any more.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>The database does not answer. Nothing is lost; try again.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
</context>
<context>
    <name>EnrollScreen</name>
    <message>
        <source>Whom do you enroll?</source>
        <translation>Whom do you enroll?</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consent</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>The pictures of {name}</source>
        <translation>The pictures of {name}</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Try it</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Try it now: look into the camera as you would in the morning, and the greeting appears.</source>
        <translation>Try it now: look into the camera as you would in the morning, and the greeting appears.</translation>
    </message>
    <message>
        <source>This face is already enrolled as {name}</source>
        <translation>This face is already enrolled as {name}</translation>
    </message>
    <message>
        <source>{name} is enrolled</source>
        <translation>{name} is enrolled</translation>
    </message>
    <message>
        <source>This face is already enrolled as another person. Nothing was saved.</source>
        <translation>This face is already enrolled as another person. Nothing was saved.</translation>
    </message>
    <message>
        <source>Somebody else has this e-mail address now. Go back and change it.</source>
        <translation>Somebody else has this e-mail address now. Go back and change it.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>The database does not answer. Nothing is lost; try again.</translation>
    </message>
    <message>
        <source>Add the pictures</source>
        <translation>Add the pictures</translation>
    </message>
    <message>
        <source>The photographs of {name}</source>
        <translation>The photographs of {name}</translation>
    </message>
    <message>
        <source>Take others</source>
        <translation>Take others</translation>
    </message>
    <message>
        <source>If this is the same person, add the pictures to theirs. If it is somebody else, take others.</source>
        <translation>If this is the same person, add the pictures to theirs. If it is somebody else, take others.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were left out:</source>
        <translation>
            <numerusform>%n picture was left out:</numerusform>
            <numerusform>%n pictures were left out:</numerusform>
        </translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>These pictures are enrolled already. Nothing was saved.</source>
        <translation>These pictures are enrolled already. Nothing was saved.</translation>
    </message>
    <message>
        <source>The pictures do not show the person who was enrolled before. Nothing was saved. If it is this person all the same, erase the face first.</source>
        <translation>The pictures do not show the person who was enrolled before. Nothing was saved. If it is this person all the same, erase the face first.</translation>
    </message>
    <message>
        <source>This person has been deactivated. Restore them first. Nothing was saved.</source>
        <translation>This person has been deactivated. Restore them first. Nothing was saved.</translation>
    </message>
</context>
<context>
    <name>EntranceScreen</name>
    <message>
        <source>Administration</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Faces are recognised here to record arrivals and departures. Responsible: {who}.</source>
        <translation>Faces are recognised here to record arrivals and departures. Responsible: {who}.</translation>
    </message>
    <message>
        <source>Use a PIN</source>
        <translation>Use a PIN</translation>
    </message>
    <message>
        <source>Set up this device</source>
        <translation>Set up this device</translation>
    </message>
    <message>
        <source>This is a demo: a clip of people who walk past is played in place of a camera.</source>
        <translation>This is a demo: a clip of people who walk past is played in place of a camera.</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>Does not count</source>
        <translation>Does not count</translation>
    </message>
    <message>
        <source>Unknown visitor</source>
        <translation>Unknown visitor</translation>
    </message>
    <message>
        <source>by face</source>
        <translation>by face</translation>
    </message>
    <message>
        <source>by PIN</source>
        <translation>by PIN</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>by hand</translation>
    </message>
    <message>
        <source>by another system</source>
        <translation>by another system</translation>
    </message>
    <message>
        <source>by face, similarity {similarity}</source>
        <translation>by face, similarity {similarity}</translation>
    </message>
</context>
<context>
    <name>EventStyle</name>
    <message>
        <source>Welcome</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>Entry at {time}</source>
        <translation>Entry at {time}</translation>
    </message>
    <message>
        <source>You are in</source>
        <translation>You are in</translation>
    </message>
    <message>
        <source>It&apos;s an entry</source>
        <translation>It&apos;s an entry</translation>
    </message>
    <message>
        <source>Goodbye</source>
        <translation>Goodbye</translation>
    </message>
    <message>
        <source>Exit at {time}</source>
        <translation>Exit at {time}</translation>
    </message>
    <message>
        <source>You have left</source>
        <translation>You have left</translation>
    </message>
    <message>
        <source>It&apos;s an exit</source>
        <translation>It&apos;s an exit</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Exit</translation>
    </message>
</context>
<context>
    <name>EventsScreen</name>
    <message>
        <source>Refresh</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>Events of today</source>
        <translation>Events of today</translation>
    </message>
    <message>
        <source>Who is in now</source>
        <translation>Who is in now</translation>
    </message>
    <message numerus="yes">
        <source>Events: %n</source>
        <translation>
            <numerusform>Events: %n</numerusform>
            <numerusform>Events: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In now: %n</source>
        <translation>
            <numerusform>In now: %n</numerusform>
            <numerusform>In now: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>Nothing has happened today.</source>
        <translation>Nothing has happened today.</translation>
    </message>
    <message>
        <source>Nobody is in.</source>
        <translation>Nobody is in.</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>The database does not answer; the list may be out of date.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>Today&apos;s events</source>
        <translation>Today&apos;s events</translation>
    </message>
</context>
<context>
    <name>FaceState</name>
    <message>
        <source>Looking</source>
        <translation>Looking</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>Recognised</translation>
    </message>
    <message>
        <source>Come closer</source>
        <translation>Come closer</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>Look at the camera</translation>
    </message>
    <message>
        <source>Step into the picture</source>
        <translation>Step into the picture</translation>
    </message>
    <message>
        <source>Too dark</source>
        <translation>Too dark</translation>
    </message>
    <message>
        <source>Too bright</source>
        <translation>Too bright</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Hold still</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Not recognised</translation>
    </message>
</context>
<context>
    <name>FilesModel</name>
    <message>
        <source>Chosen</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>This device</translation>
    </message>
</context>
<context>
    <name>FilesScreen</name>
    <message>
        <source>Where to?</source>
        <translation>Where to?</translation>
    </message>
    <message>
        <source>Where are the photographs?</source>
        <translation>Where are the photographs?</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>Save here</source>
        <translation>Save here</translation>
    </message>
    <message numerus="yes">
        <source>Take %n photograph(s)</source>
        <translation>
            <numerusform>Take %n photograph</numerusform>
            <numerusform>Take %n photographs</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no folders here.</source>
        <translation>There are no folders here.</translation>
    </message>
    <message>
        <source>This folder cannot be read. Is it still plugged in?</source>
        <translation>This folder cannot be read. Is it still plugged in?</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>Choose photographs</source>
        <translation>Choose photographs</translation>
    </message>
    <message>
        <source>Plug a USB stick in; it appears here by itself.</source>
        <translation>Plug a USB stick in; it appears here by itself.</translation>
    </message>
    <message>
        <source>There are no photographs here: JPEG, PNG, WebP, HEIC or AVIF files.</source>
        <translation>There are no photographs here: JPEG, PNG, WebP, HEIC or AVIF files.</translation>
    </message>
</context>
<context>
    <name>GreetingCard</name>
    <message>
        <source>That&apos;s not me</source>
        <translation>That&apos;s not me</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>Recognised</translation>
    </message>
    <message>
        <source>Already registered at {time}</source>
        <translation>Already registered at {time}</translation>
    </message>
    <message>
        <source>Not registered</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>This device cannot save it. Please tell the administrator.</source>
        <translation>This device cannot save it. Please tell the administrator.</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>Please look at the camera again.</source>
        <translation>Please look at the camera again.</translation>
    </message>
    <message>
        <source>This did not work</source>
        <translation>This did not work</translation>
    </message>
    <message>
        <source>Please tell the administrator.</source>
        <translation>Please tell the administrator.</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message>
        <source>Nobody is there. Touch to wake the screen.</source>
        <translation>Nobody is there. Touch to wake the screen.</translation>
    </message>
</context>
<context>
    <name>Instruction</name>
    <message>
        <source>Put your face into the oval</source>
        <translation>Put your face into the oval</translation>
    </message>
    <message>
        <source>One person alone, please</source>
        <translation>One person alone, please</translation>
    </message>
    <message>
        <source>Nothing should cover your face</source>
        <translation>Nothing should cover your face</translation>
    </message>
    <message>
        <source>Come closer</source>
        <translation>Come closer</translation>
    </message>
    <message>
        <source>Put your whole face into the oval</source>
        <translation>Put your whole face into the oval</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>Look into the camera</translation>
    </message>
    <message>
        <source>More light on your face, please</source>
        <translation>More light on your face, please</translation>
    </message>
    <message>
        <source>Less light on your face, please</source>
        <translation>Less light on your face, please</translation>
    </message>
    <message>
        <source>Turn away from the light behind you</source>
        <translation>Turn away from the light behind you</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Hold still</translation>
    </message>
    <message>
        <source>Look straight into the camera</source>
        <translation>Look straight into the camera</translation>
    </message>
    <message>
        <source>Turn your head a little to your left</source>
        <translation>Turn your head a little to your left</translation>
    </message>
    <message>
        <source>Turn your head a little to your right</source>
        <translation>Turn your head a little to your right</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Use your PIN, please</source>
        <translation>Use your PIN, please</translation>
    </message>
    <message>
        <source>Nobody can be recognised until the camera is back.</source>
        <translation>Nobody can be recognised until the camera is back.</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>Look at the camera</translation>
    </message>
    <message>
        <source>Your name appears here as soon as you are registered.</source>
        <translation>Your name appears here as soon as you are registered.</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>Delete the last digit</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>LanguageStep</name>
    <message>
        <source>Everybody can change it at the door; this is the one that it goes back to.</source>
        <translation>Everybody can change it at the door; this is the one that it goes back to.</translation>
    </message>
</context>
<context>
    <name>NewPassword</name>
    <message>
        <source>It is too short.</source>
        <translation>It is too short.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>The two are not the same.</translation>
    </message>
    <message>
        <source>It opens the list of employees and everything else here. Nobody can find it out again: keep it.</source>
        <translation>It opens the list of employees and everything else here. Nobody can find it out again: keep it.</translation>
    </message>
    <message numerus="yes">
        <source>New password, %n character(s) at least</source>
        <translation>
            <numerusform>New password, %n character at least</numerusform>
            <numerusform>New password, %n characters at least</numerusform>
        </translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Once more</translation>
    </message>
</context>
<context>
    <name>OfficeStep</name>
    <message>
        <source>Whose door is this?</source>
        <translation>Whose door is this?</translation>
    </message>
    <message>
        <source>Both stand on the entrance screen, where everybody can read them.</source>
        <translation>Both stand on the entrance screen, where everybody can read them.</translation>
    </message>
    <message>
        <source>Name of the office</source>
        <translation>Name of the office</translation>
    </message>
    <message>
        <source>Who answers for the recognition of faces (may stay empty)</source>
        <translation>Who answers for the recognition of faces (may stay empty)</translation>
    </message>
    <message>
        <source>A name is needed. It can also be given later.</source>
        <translation>A name is needed. It can also be given later.</translation>
    </message>
</context>
<context>
    <name>OnScreenKeyboard</name>
    <message>
        <source>Capital letters</source>
        <translation>Capital letters</translation>
    </message>
    <message>
        <source>Delete the last character</source>
        <translation>Delete the last character</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Put the keyboard away</source>
        <translation>Put the keyboard away</translation>
    </message>
    <message>
        <source>Other alphabet</source>
        <translation>Other alphabet</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>Signs</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
</context>
<context>
    <name>PasswordEntry</name>
    <message>
        <source>The password cannot be checked at the moment: the database does not answer.</source>
        <translation>The password cannot be checked at the moment: the database does not answer.</translation>
    </message>
</context>
<context>
    <name>PasswordScreen</name>
    <message>
        <source>Administration</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Forgotten? On the device: {command}</source>
        <translation>Forgotten? On the device: {command}</translation>
    </message>
</context>
<context>
    <name>PasswordStep</name>
    <message>
        <source>The administrator&apos;s password</source>
        <translation>The administrator&apos;s password</translation>
    </message>
    <message>
        <source>The password has been chosen. F2 or the button in the corner asks for it.</source>
        <translation>The password has been chosen. F2 or the button in the corner asks for it.</translation>
    </message>
    <message>
        <source>The password cannot be kept at the moment: the database does not answer.</source>
        <translation>The password cannot be kept at the moment: the database does not answer.</translation>
    </message>
</context>
<context>
    <name>Patience</name>
    <message>
        <source>One moment — recognition is starting</source>
        <translation>One moment — recognition is starting</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>Employees</source>
        <translation>Employees</translation>
    </message>
    <message>
        <source>Name, e-mail or department</source>
        <translation>Name, e-mail or department</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Enroll</source>
        <translation>Enroll</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>No face</translation>
    </message>
    <message>
        <source>Deactivated</source>
        <translation>Deactivated</translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>The database does not answer; the list may be out of date.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>Nobody like this is in the list.</source>
        <translation>Nobody like this is in the list.</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>This is no e-mail address.</source>
        <translation>This is no e-mail address.</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>A name is needed.</translation>
    </message>
    <message>
        <source>There are signs in it that no name has.</source>
        <translation>There are signs in it that no name has.</translation>
    </message>
    <message>
        <source>Somebody else has this address.</source>
        <translation>Somebody else has this address.</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Department (may stay empty)</source>
        <translation>Department (may stay empty)</translation>
    </message>
</context>
<context>
    <name>PersonLabels</name>
    <message>
        <source>Deactivated</source>
        <translation>Deactivated</translation>
    </message>
    <message>
        <source>Enroll again</source>
        <translation>Enroll again</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>No face</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message numerus="yes">
        <source>%n template(s)</source>
        <translation>
            <numerusform>%n template</numerusform>
            <numerusform>%n templates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonScreen</name>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>Enroll the face again</source>
        <translation>Enroll the face again</translation>
    </message>
    <message>
        <source>Enroll the face</source>
        <translation>Enroll the face</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>Set PIN</source>
        <translation>Set PIN</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation>Deactivate</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>Erase the face</source>
        <translation>Erase the face</translation>
    </message>
    <message>
        <source>has to be enrolled again, for another model is in use now</source>
        <translation>has to be enrolled again, for another model is in use now</translation>
    </message>
    <message>
        <source>not enrolled</source>
        <translation>not enrolled</translation>
    </message>
    <message>
        <source>personal number {number}</source>
        <translation>personal number {number}</translation>
    </message>
    <message>
        <source>deactivated, not recognised</source>
        <translation>deactivated, not recognised</translation>
    </message>
    <message>
        <source>is recognised</source>
        <translation>is recognised</translation>
    </message>
    <message>
        <source>comes in by PIN</source>
        <translation>comes in by PIN</translation>
    </message>
    <message>
        <source>not recognised yet</source>
        <translation>not recognised yet</translation>
    </message>
    <message>
        <source>{name} has been restored.</source>
        <translation>{name} has been restored.</translation>
    </message>
    <message>
        <source>{name} has been deactivated; the door does not know them any more.</source>
        <translation>{name} has been deactivated; the door does not know them any more.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Erase the face of {name}?</source>
        <translation>Erase the face of {name}?</translation>
    </message>
    <message>
        <source>Templates, portrait and snapshots are deleted at once, and the consent is taken back. The person, their PIN and the list of their entries and exits stay. This cannot be undone.</source>
        <translation>Templates, portrait and snapshots are deleted at once, and the consent is taken back. The person, their PIN and the list of their entries and exits stay. This cannot be undone.</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Erase for good</translation>
    </message>
    <message>
        <source>Erased: {templates}, {snapshots}, {consents}.</source>
        <translation>Erased: {templates}, {snapshots}, {consents}.</translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s)</source>
        <translation>
            <numerusform>%n snapshot</numerusform>
            <numerusform>%n snapshots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n consent(s)</source>
        <translation>
            <numerusform>%n consent</numerusform>
            <numerusform>%n consents</numerusform>
        </translation>
    </message>
    <message>
        <source>What remains:</source>
        <translation>What remains:</translation>
    </message>
    <message>
        <source>This person is not in the database any more.</source>
        <translation>This person is not in the database any more.</translation>
    </message>
    <message>
        <source>The database does not answer. Try again.</source>
        <translation>The database does not answer. Try again.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Face</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>At the door</source>
        <translation>At the door</translation>
    </message>
    <message>
        <source>Save a copy of the data</source>
        <translation>Save a copy of the data</translation>
    </message>
    <message>
        <source>All that is stored about this person is in {path}.</source>
        <translation>All that is stored about this person is in {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s) are on other devices.</source>
        <translation>
            <numerusform>%n snapshot is on another device.</numerusform>
            <numerusform>%n snapshots are on other devices.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: there is no room, or nothing may be written there.</source>
        <translation>Nothing was saved in {folder}: there is no room, or nothing may be written there.</translation>
    </message>
    <message>
        <source>Take the PIN away</source>
        <translation>Take the PIN away</translation>
    </message>
    <message>
        <source>Take the PIN of {name} away?</source>
        <translation>Take the PIN of {name} away?</translation>
    </message>
    <message>
        <source>Their number and PIN open nothing any more. A new PIN comes with a new number.</source>
        <translation>Their number and PIN open nothing any more. A new PIN comes with a new number.</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>The PIN was taken away.</source>
        <translation>The PIN was taken away.</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>Who is the first?</source>
        <translation>Who is the first?</translation>
    </message>
    <message>
        <source>Enroll yourself now, in a minute, and see how you are greeted. Everybody else can be enrolled later: F2 or the button in the corner of the entrance screen leads to the administration.</source>
        <translation>Enroll yourself now, in a minute, and see how you are greeted. Everybody else can be enrolled later: F2 or the button in the corner of the entrance screen leads to the administration.</translation>
    </message>
    <message>
        <source>Enroll somebody now</source>
        <translation>Enroll somebody now</translation>
    </message>
</context>
<context>
    <name>PhotographCard</name>
    <message>
        <source>Quality {percent} %</source>
        <translation>Quality {percent} %</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Photograph</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Leave out</translation>
    </message>
    <message>
        <source>Leave out {name}</source>
        <translation>Leave out {name}</translation>
    </message>
</context>
<context>
    <name>PhotographsStep</name>
    <message>
        <source>More photographs</source>
        <translation>More photographs</translation>
    </message>
    <message>
        <source>Three to five different photographs serve best. None of them is kept.</source>
        <translation>Three to five different photographs serve best. None of them is kept.</translation>
    </message>
    <message>
        <source>The photographs cannot be judged; the log says why.</source>
        <translation>The photographs cannot be judged; the log says why.</translation>
    </message>
    <message numerus="yes">
        <source>Save %n photograph(s)</source>
        <translation>
            <numerusform>Save %n photograph</numerusform>
            <numerusform>Save %n photographs</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at photograph {number} of {total}</source>
        <translation>Looking at photograph {number} of {total}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Number and PIN</source>
        <translation>Number and PIN</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Personal number</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation>Number or PIN is wrong.</translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n minute(s).</source>
        <translation>
            <numerusform>Too many attempts. Try again in %n minute.</numerusform>
            <numerusform>Too many attempts. Try again in %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Too many attempts. Try again in %n second.</numerusform>
            <numerusform>Too many attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
    <message>
        <source>PINs cannot be checked at the moment. Please tell the administrator.</source>
        <translation>PINs cannot be checked at the moment. Please tell the administrator.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>No, go back</source>
        <translation>No, go back</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>The file is damaged or cannot be read.</source>
        <translation>The file is damaged or cannot be read.</translation>
    </message>
    <message>
        <source>The picture is too large. Scale it down.</source>
        <translation>The picture is too large. Scale it down.</translation>
    </message>
    <message>
        <source>There is no face in it.</source>
        <translation>There is no face in it.</translation>
    </message>
    <message>
        <source>There is more than one face in it.</source>
        <translation>There is more than one face in it.</translation>
    </message>
    <message>
        <source>The face can hardly be made out.</source>
        <translation>The face can hardly be made out.</translation>
    </message>
    <message>
        <source>The face is too small.</source>
        <translation>The face is too small.</translation>
    </message>
    <message>
        <source>The face is cut off by the edge.</source>
        <translation>The face is cut off by the edge.</translation>
    </message>
    <message>
        <source>The face is turned away.</source>
        <translation>The face is turned away.</translation>
    </message>
    <message>
        <source>The face is too dark.</source>
        <translation>The face is too dark.</translation>
    </message>
    <message>
        <source>The face is too bright.</source>
        <translation>The face is too bright.</translation>
    </message>
    <message>
        <source>The face is too pale.</source>
        <translation>The face is too pale.</translation>
    </message>
    <message>
        <source>The face is blurred.</source>
        <translation>The face is blurred.</translation>
    </message>
    <message>
        <source>This does not look like the same person.</source>
        <translation>This does not look like the same person.</translation>
    </message>
    <message>
        <source>This face is enrolled as another person.</source>
        <translation>This face is enrolled as another person.</translation>
    </message>
    <message>
        <source>This picture is there already.</source>
        <translation>This picture is there already.</translation>
    </message>
    <message>
        <source>This is no JPEG, PNG, WebP, HEIC or AVIF picture.</source>
        <translation>This is no JPEG, PNG, WebP, HEIC or AVIF picture.</translation>
    </message>
    <message>
        <source>The picture is tiny. Use a larger one.</source>
        <translation>The picture is tiny. Use a larger one.</translation>
    </message>
    <message>
        <source>The picture is too long and narrow. Cut out the part with the head.</source>
        <translation>The picture is too long and narrow. Cut out the part with the head.</translation>
    </message>
</context>
<context>
    <name>Remainder</name>
    <message>
        <source>The snapshot {detail} could not be deleted; delete it by hand.</source>
        <translation>The snapshot {detail} could not be deleted; delete it by hand.</translation>
    </message>
    <message>
        <source>Snapshots on other devices are deleted by them, when they run: {detail}.</source>
        <translation>Snapshots on other devices are deleted by them, when they run: {detail}.</translation>
    </message>
    <message>
        <source>The portrait {detail} lies in another folder; delete it by hand.</source>
        <translation>The portrait {detail} lies in another folder; delete it by hand.</translation>
    </message>
    <message>
        <source>{detail} could not be deleted; delete it by hand.</source>
        <translation>{detail} could not be deleted; delete it by hand.</translation>
    </message>
    <message>
        <source>{detail} is not in use and holds an older copy of everybody; delete it when it is not needed.</source>
        <translation>{detail} is not in use and holds an older copy of everybody; delete it when it is not needed.</translation>
    </message>
    <message>
        <source>The database server&apos;s own log and backups hold it until they are recycled; whoever runs it sees to that.</source>
        <translation>The database server&apos;s own log and backups hold it until they are recycled; whoever runs it sees to that.</translation>
    </message>
    <message>
        <source>Old pages stay in the database&apos;s log; the command kiosk purge removes them.</source>
        <translation>Old pages stay in the database&apos;s log; the command kiosk purge removes them.</translation>
    </message>
    <message>
        <source>Free pages of the database were not overwritten; the command kiosk purge tries it again.</source>
        <translation>Free pages of the database were not overwritten; the command kiosk purge tries it again.</translation>
    </message>
    <message>
        <source>Backups in {detail} hold the templates until newer ones replace them; a restore leaves them out.</source>
        <translation>Backups in {detail} hold the templates until newer ones replace them; a restore leaves them out.</translation>
    </message>
    <message>
        <source>{detail} could not be written; make a backup soon, for an older one still holds the face.</source>
        <translation>{detail} could not be written; make a backup soon, for an older one still holds the face.</translation>
    </message>
</context>
<context>
    <name>ReviewStep</name>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Quality {percent} %</source>
        <translation>Quality {percent} %</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>Take this picture again</source>
        <translation>Take this picture again</translation>
    </message>
</context>
<context>
    <name>SetPinScreen</name>
    <message>
        <source>PIN of {name}</source>
        <translation>PIN of {name}</translation>
    </message>
    <message>
        <source>With their number and this PIN the person registers without a face.</source>
        <translation>With their number and this PIN the person registers without a face.</translation>
    </message>
    <message>
        <source>PIN, four to eight digits</source>
        <translation>PIN, four to eight digits</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Personal number: {number}</source>
        <translation>Personal number: {number}</translation>
    </message>
    <message>
        <source>{name} types it together with the PIN at the entrance. Write it down for them.</source>
        <translation>{name} types it together with the PIN at the entrance. Write it down for them.</translation>
    </message>
    <message>
        <source>Four to eight digits are needed.</source>
        <translation>Four to eight digits are needed.</translation>
    </message>
    <message>
        <source>Anybody would try this one first. Choose another.</source>
        <translation>Anybody would try this one first. Choose another.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>The two are not the same.</translation>
    </message>
    <message>
        <source>This person has been deactivated. Restore them first.</source>
        <translation>This person has been deactivated. Restore them first.</translation>
    </message>
    <message>
        <source>This person is not in the database any more.</source>
        <translation>This person is not in the database any more.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>The database does not answer. Nothing is lost; try again.</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>This cannot be saved: the disk takes nothing. Make room and try again.</source>
        <translation>This cannot be saved: the disk takes nothing. Make room and try again.</translation>
    </message>
    <message>
        <source>Step {place} of {all}</source>
        <translation>Step {place} of {all}</translation>
    </message>
    <message>
        <source>To the entrance</source>
        <translation>To the entrance</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Starting the camera</source>
        <translation>Starting the camera</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) on the way to the database</source>
        <translation>
            <numerusform>%n event on the way to the database</numerusform>
            <numerusform>%n events on the way to the database</numerusform>
        </translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Database</translation>
    </message>
    <message numerus="yes">
        <source>Database away — %n event(s) are safe on this device</source>
        <translation>
            <numerusform>Database away — %n event is safe on this device</numerusform>
            <numerusform>Database away — %n events are safe on this device</numerusform>
        </translation>
    </message>
    <message>
        <source>Database away — new events are kept on this device</source>
        <translation>Database away — new events are kept on this device</translation>
    </message>
    <message>
        <source>The disk takes nothing more — nobody is registered</source>
        <translation>The disk takes nothing more — nobody is registered</translation>
    </message>
    <message>
        <source>Only {size} left on the disk — tell the administrator</source>
        <translation>Only {size} left on the disk — tell the administrator</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} free</translation>
    </message>
</context>
<context>
    <name>StrangerCard</name>
    <message>
        <source>Use a PIN</source>
        <translation>Use a PIN</translation>
    </message>
    <message>
        <source>Look again, please</source>
        <translation>Look again, please</translation>
    </message>
    <message>
        <source>Look into the camera without sunglasses or a mask, use your PIN, or ask the administrator.</source>
        <translation>Look into the camera without sunglasses or a mask, use your PIN, or ask the administrator.</translation>
    </message>
    <message>
        <source>Face not recognised</source>
        <translation>Face not recognised</translation>
    </message>
</context>
<context>
    <name>VoidScreen</name>
    <message>
        <source>Why does it not count?</source>
        <translation>Why does it not count?</translation>
    </message>
    <message>
        <source>It was somebody else</source>
        <translation>It was somebody else</translation>
    </message>
    <message>
        <source>Registered by mistake</source>
        <translation>Registered by mistake</translation>
    </message>
    <message>
        <source>It was a trial</source>
        <translation>It was a trial</translation>
    </message>
    <message>
        <source>This event does not count</source>
        <translation>This event does not count</translation>
    </message>
    <message>
        <source>This event does not count. It stays in the list, marked.</source>
        <translation>This event does not count. It stays in the list, marked.</translation>
    </message>
    <message>
        <source>A reason is needed; it stays with the event.</source>
        <translation>A reason is needed; it stays with the event.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>The database does not answer. Nothing is lost; try again.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>Door</source>
        <translation>Door</translation>
    </message>
</context>
<context>
    <name>WhoStep</name>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>ZoneStep</name>
    <message>
        <source>What time is it here?</source>
        <translation>What time is it here?</translation>
    </message>
    <message>
        <source>If this is not the time on your watch, choose the nearest city.</source>
        <translation>If this is not the time on your watch, choose the nearest city.</translation>
    </message>
    <message>
        <source>Search: a city</source>
        <translation>Search: a city</translation>
    </message>
    <message>
        <source>City</source>
        <translation>City</translation>
    </message>
    <message>
        <source>Time zones</source>
        <translation>Time zones</translation>
    </message>
</context>
</TS>
