<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
        <source>Entry at {time}</source>
        <translation>Entry at {time}</translation>
    </message>
    <message>
        <source>Exit at {time}</source>
        <translation>Exit at {time}</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>Goodbye</source>
        <translation>Goodbye</translation>
    </message>
    <message>
        <source>You are in</source>
        <translation>You are in</translation>
    </message>
    <message>
        <source>You have left</source>
        <translation>You have left</translation>
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
    <message>
        <source>It&apos;s an exit</source>
        <translation>It&apos;s an exit</translation>
    </message>
    <message>
        <source>It&apos;s an entry</source>
        <translation>It&apos;s an entry</translation>
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
    <name>StatusLine</name>
    <message>
        <source>Starting the camera</source>
        <translation>Starting the camera</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
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
        <source>Look straight into the camera, use your PIN, or ask the administrator.</source>
        <translation>Look straight into the camera, use your PIN, or ask the administrator.</translation>
    </message>
    <message>
        <source>Face not recognised</source>
        <translation>Face not recognised</translation>
    </message>
</context>
</TS>
