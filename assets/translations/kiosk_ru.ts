<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>EntranceScreen</name>
    <message>
        <source>Administration</source>
        <translation>Управление</translation>
    </message>
    <message>
        <source>Faces are recognised here to record arrivals and departures. Responsible: {who}.</source>
        <translation>Здесь распознаются лица для учёта прихода и ухода. Ответственный: {who}.</translation>
    </message>
    <message>
        <source>Use a PIN</source>
        <translation>По ПИН-коду</translation>
    </message>
</context>
<context>
    <name>FaceState</name>
    <message>
        <source>Looking</source>
        <translation>Смотрю</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>Узнано</translation>
    </message>
    <message>
        <source>Come closer</source>
        <translation>Подойдите ближе</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>Посмотрите в камеру</translation>
    </message>
    <message>
        <source>Step into the picture</source>
        <translation>Встаньте в кадр</translation>
    </message>
    <message>
        <source>Too dark</source>
        <translation>Слишком темно</translation>
    </message>
    <message>
        <source>Too bright</source>
        <translation>Слишком ярко</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Замрите на миг</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Посмотрите ещё раз</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Не узнано</translation>
    </message>
</context>
<context>
    <name>GreetingCard</name>
    <message>
        <source>That&apos;s not me</source>
        <translation>Это не я</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>Узнано</translation>
    </message>
    <message>
        <source>Already registered at {time}</source>
        <translation>Уже отмечено в {time}</translation>
    </message>
    <message>
        <source>Entry at {time}</source>
        <translation>Вход в {time}</translation>
    </message>
    <message>
        <source>Exit at {time}</source>
        <translation>Выход в {time}</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Добро пожаловать</translation>
    </message>
    <message>
        <source>Goodbye</source>
        <translation>До свидания</translation>
    </message>
    <message>
        <source>You are in</source>
        <translation>Вы уже пришли</translation>
    </message>
    <message>
        <source>You have left</source>
        <translation>Вы уже ушли</translation>
    </message>
    <message>
        <source>Not registered</source>
        <translation>Не отмечено</translation>
    </message>
    <message>
        <source>This device cannot save it. Please tell the administrator.</source>
        <translation>Устройство не может сохранить отметку. Сообщите администратору.</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Отменено</translation>
    </message>
    <message>
        <source>Please look at the camera again.</source>
        <translation>Посмотрите в камеру ещё раз.</translation>
    </message>
    <message>
        <source>This did not work</source>
        <translation>Не получилось</translation>
    </message>
    <message>
        <source>Please tell the administrator.</source>
        <translation>Сообщите администратору.</translation>
    </message>
    <message>
        <source>It&apos;s an exit</source>
        <translation>Это выход</translation>
    </message>
    <message>
        <source>It&apos;s an entry</source>
        <translation>Это вход</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message>
        <source>Nobody is there. Touch to wake the screen.</source>
        <translation>Никого нет. Коснитесь, чтобы включить экран.</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Use your PIN, please</source>
        <translation>Введите ПИН-код</translation>
    </message>
    <message>
        <source>Nobody can be recognised until the camera is back.</source>
        <translation>Пока камера не работает, лица не узнаются.</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>Посмотрите в камеру</translation>
    </message>
    <message>
        <source>Your name appears here as soon as you are registered.</source>
        <translation>Здесь появится ваше имя, как только вы будете отмечены.</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>Удалить последнюю цифру</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Дальше</translation>
    </message>
</context>
<context>
    <name>OnScreenKeyboard</name>
    <message>
        <source>Capital letters</source>
        <translation>Заглавные буквы</translation>
    </message>
    <message>
        <source>Delete the last character</source>
        <translation>Удалить последний символ</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Ввод</translation>
    </message>
    <message>
        <source>Put the keyboard away</source>
        <translation>Убрать клавиатуру</translation>
    </message>
    <message>
        <source>Other alphabet</source>
        <translation>Другая раскладка</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>Знаки</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Number and PIN</source>
        <translation>Номер и ПИН-код</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Личный номер</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Отметиться</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation>Номер или ПИН-код неверен.</translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n minute(s).</source>
        <translation>
            <numerusform>Слишком много попыток. Попробуйте через %n минуту.</numerusform>
            <numerusform>Слишком много попыток. Попробуйте через %n минуты.</numerusform>
            <numerusform>Слишком много попыток. Попробуйте через %n минут.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Слишком много попыток. Попробуйте через %n секунду.</numerusform>
            <numerusform>Слишком много попыток. Попробуйте через %n секунды.</numerusform>
            <numerusform>Слишком много попыток. Попробуйте через %n секунд.</numerusform>
        </translation>
    </message>
    <message>
        <source>PINs cannot be checked at the moment. Please tell the administrator.</source>
        <translation>Сейчас ПИН-код не проверить. Сообщите администратору.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Starting the camera</source>
        <translation>Камера включается</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Camera unplugged — trying again</source>
        <translation>Камера отключена — пробую снова</translation>
    </message>
    <message>
        <source>The kiosk may not use the camera — tell the administrator</source>
        <translation>Нет доступа к камере — сообщите администратору</translation>
    </message>
    <message>
        <source>Another program uses the camera — trying again</source>
        <translation>Камера занята другой программой — пробую снова</translation>
    </message>
    <message>
        <source>The camera cannot be reached — trying again</source>
        <translation>Камера недоступна — пробую снова</translation>
    </message>
    <message>
        <source>The camera gives no video — check its address and password</source>
        <translation>Камера не даёт видео — проверьте адрес и пароль</translation>
    </message>
    <message>
        <source>The camera sends no picture — trying again</source>
        <translation>Камера не передаёт изображение — пробую снова</translation>
    </message>
    <message>
        <source>The camera has stopped — trying again</source>
        <translation>Камера остановилась — пробую снова</translation>
    </message>
    <message>
        <source>The camera has stopped sending — trying again</source>
        <translation>Камера перестала отвечать — пробую снова</translation>
    </message>
    <message>
        <source>The camera sends a broken picture — trying again</source>
        <translation>Камера передаёт испорченное изображение — пробую снова</translation>
    </message>
    <message>
        <source>The camera&apos;s picture stands still — trying again</source>
        <translation>Изображение камеры застыло — пробую снова</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black — is the lens covered?</source>
        <translation>Изображение камеры чёрное — не закрыт ли объектив?</translation>
    </message>
    <message>
        <source>The camera does not work — trying again</source>
        <translation>Камера не работает — пробую снова</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) on the way to the database</source>
        <translation>
            <numerusform>%n событие на пути в базу данных</numerusform>
            <numerusform>%n события на пути в базу данных</numerusform>
            <numerusform>%n событий на пути в базу данных</numerusform>
        </translation>
    </message>
    <message>
        <source>Database</source>
        <translation>База данных</translation>
    </message>
    <message numerus="yes">
        <source>Database away — %n event(s) are safe on this device</source>
        <translation>
            <numerusform>База недоступна — %n событие сохранено на устройстве</numerusform>
            <numerusform>База недоступна — %n события сохранены на устройстве</numerusform>
            <numerusform>База недоступна — %n событий сохранено на устройстве</numerusform>
        </translation>
    </message>
    <message>
        <source>Database away — new events are kept on this device</source>
        <translation>База недоступна — новые события хранятся на устройстве</translation>
    </message>
    <message>
        <source>The disk takes nothing more — nobody is registered</source>
        <translation>Диск больше ничего не принимает — отметки не ставятся</translation>
    </message>
    <message>
        <source>Only {size} left on the disk — tell the administrator</source>
        <translation>На диске осталось {size} — сообщите администратору</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>Свободно {size}</translation>
    </message>
</context>
<context>
    <name>StrangerCard</name>
    <message>
        <source>Use a PIN</source>
        <translation>По ПИН-коду</translation>
    </message>
    <message>
        <source>Look again, please</source>
        <translation>Посмотрите ещё раз</translation>
    </message>
    <message>
        <source>Look straight into the camera, use your PIN, or ask the administrator.</source>
        <translation>Посмотрите прямо в камеру, введите ПИН-код или позовите администратора.</translation>
    </message>
    <message>
        <source>Face not recognised</source>
        <translation>Лицо не узнано</translation>
    </message>
</context>
</TS>
