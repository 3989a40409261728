<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CloseMonthScreen</name>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n open question</numerusform>
            <numerusform>%n open questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unanswered request(s)</source>
        <translation>
            <numerusform>%n unanswered request</numerusform>
            <numerusform>%n unanswered requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CurrentPasswordField</name>
    <message numerus="yes">
        <source>Too many wrong attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Too many wrong attempts. Try again in %n second.</numerusform>
            <numerusform>Too many wrong attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DemoEndScreen</name>
    <message numerus="yes">
        <source>This window closes in %n second(s).</source>
        <translation>
            <numerusform>This window closes in %n second.</numerusform>
            <numerusform>This window closes in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnrollScreen</name>
    <message numerus="yes">
        <source>%n picture(s) were left out:</source>
        <translation>
            <numerusform>%n picture was left out:</numerusform>
            <numerusform>%n pictures were left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvacuationScreen</name>
    <message numerus="yes">
        <source>In now: %n</source>
        <translation>
            <numerusform>In now: %n</numerusform>
            <numerusform>In now: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesScreen</name>
    <message numerus="yes">
        <source>Take %n photograph(s)</source>
        <translation>
            <numerusform>Take %n photograph</numerusform>
            <numerusform>Take %n photographs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GalleryScreen</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonthBars</name>
    <message numerus="yes">
        <source>%n day(s) late</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) not there</source>
        <translation>
            <numerusform>%n day not there</numerusform>
            <numerusform>%n days not there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n open question</numerusform>
            <numerusform>%n open questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewPasswordForm</name>
    <message numerus="yes">
        <source>New password, %n character(s) at least</source>
        <translation>
            <numerusform>New password, %n character at least</numerusform>
            <numerusform>New password, %n characters at least</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonLabels</name>
    <message numerus="yes">
        <source>enrolled from %n picture(s)</source>
        <translation>
            <numerusform>enrolled from %n picture</numerusform>
            <numerusform>enrolled from %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>data made of %n picture(s)</source>
        <translation>
            <numerusform>data made of %n picture</numerusform>
            <numerusform>data made of %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries and exits since {day}</source>
        <translation>
            <numerusform>%n entry or exit since {day}</numerusform>
            <numerusform>%n entries and exits since {day}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of the last days</source>
        <translation>
            <numerusform>%n picture of the last days</numerusform>
            <numerusform>%n pictures of the last days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s) are on other devices.</source>
        <translation>
            <numerusform>%n snapshot is on other devices.</numerusform>
            <numerusform>%n snapshots are on other devices.</numerusform>
        </translation>
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
</context>
<context>
    <name>PhotographsStep</name>
    <message numerus="yes">
        <source>Save %n photograph(s)</source>
        <translation>
            <numerusform>Save %n photograph</numerusform>
            <numerusform>Save %n photographs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Too many attempts. Try again in %n second.</numerusform>
            <numerusform>Too many attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionsScreen</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiverLabels</name>
    <message numerus="yes">
        <source>%n change(s) wait</source>
        <translation>
            <numerusform>%n change waits</numerusform>
            <numerusform>%n changes wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SwitchScreen</name>
    <message numerus="yes">
        <source>%n more day(s), or enroll the face once more</source>
        <translation>
            <numerusform>%n more day, or enroll the face once more</numerusform>
            <numerusform>%n more days, or enroll the face once more</numerusform>
        </translation>
    </message>
</context>
</TS>
