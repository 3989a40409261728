<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AdminArea</name>
    <message>
        <source>Exit to the system?</source>
        <translation>Выйти в систему?</translation>
    </message>
    <message>
        <source>Nobody is recognised at this door until the kiosk is started again.</source>
        <translation>Пока киоск не запущен снова, у этой двери никого не узнают.</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Выйти</translation>
    </message>
</context>
<context>
    <name>AdminHome</name>
    <message>
        <source>Administration</source>
        <translation>Управление</translation>
    </message>
    <message>
        <source>Back to the entrance</source>
        <translation>Назад ко входу</translation>
    </message>
    <message>
        <source>Enroll somebody</source>
        <translation>Зарегистрировать сотрудника</translation>
    </message>
    <message>
        <source>Exit to the system</source>
        <translation>Выход в систему</translation>
    </message>
</context>
<context>
    <name>AdminScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>CaptureStep</name>
    <message>
        <source>The pictures are taken by themselves, and none of them is kept.</source>
        <translation>Снимки делаются сами, и ни один из них не сохраняется.</translation>
    </message>
    <message>
        <source>The picture cannot be judged; the log says why.</source>
        <translation>Не удалось оценить снимок; причина записана в журнале.</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>Нет изображения с камеры.</translation>
    </message>
    <message>
        <source>{taken} of {most} pictures</source>
        <translation>Снимки: {taken} из {most}</translation>
    </message>
</context>
<context>
    <name>ChoosePasswordScreen</name>
    <message>
        <source>Choose the administrator&apos;s password</source>
        <translation>Выберите пароль администратора</translation>
    </message>
    <message>
        <source>It opens the list of employees and everything else here. Nobody can find it out again: keep it.</source>
        <translation>Он открывает список сотрудников и всё остальное здесь. Узнать его заново нельзя: сохраните его.</translation>
    </message>
    <message numerus="yes">
        <source>Password, %n character(s) at least</source>
        <translation>
            <numerusform>Пароль, не короче %n символа</numerusform>
            <numerusform>Пароль, не короче %n символов</numerusform>
            <numerusform>Пароль, не короче %n символов</numerusform>
        </translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>It is too short.</source>
        <translation>Он слишком короткий.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>The person has read this and agrees</source>
        <translation>Сотрудник прочитал текст и согласен</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Дальше</translation>
    </message>
</context>
<context>
    <name>EnrollScreen</name>
    <message>
        <source>Whom do you enroll?</source>
        <translation>Кого вы регистрируете?</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Согласие</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Снимки</translation>
    </message>
    <message>
        <source>The pictures of {name}</source>
        <translation>Снимки: {name}</translation>
    </message>
    <message>
        <source>Take them again</source>
        <translation>Снять заново</translation>
    </message>
    <message>
        <source>If this is the same person, add the pictures. If it is somebody else, take them again.</source>
        <translation>Если это тот же человек, добавьте ему снимки. Если другой, снимите заново.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Try it now: look into the camera as you would in the morning, and the greeting appears.</source>
        <translation>Проверьте сейчас: посмотрите в камеру, как утром на входе, и появится приветствие.</translation>
    </message>
    <message>
        <source>This face is already enrolled as {name}</source>
        <translation>Это лицо уже зарегистрировано: {name}</translation>
    </message>
    <message>
        <source>{name} is enrolled</source>
        <translation>Регистрация завершена: {name}</translation>
    </message>
    <message>
        <source>This face is already enrolled as another person. Nothing was saved.</source>
        <translation>Это лицо уже зарегистрировано у другого человека. Ничего не сохранено.</translation>
    </message>
    <message>
        <source>The pictures do not show the person who was enrolled before. Nothing was saved.</source>
        <translation>На снимках не тот человек, который был зарегистрирован раньше. Ничего не сохранено.</translation>
    </message>
    <message>
        <source>Somebody else has this e-mail address now. Go back and change it.</source>
        <translation>Этот адрес уже занят другим человеком. Вернитесь и измените его.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Add the pictures</source>
        <translation>Добавить снимки</translation>
    </message>
</context>
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
    <name>Instruction</name>
    <message>
        <source>Put your face into the oval</source>
        <translation>Поместите лицо в овал</translation>
    </message>
    <message>
        <source>One person alone, please</source>
        <translation>В кадре должен быть один человек</translation>
    </message>
    <message>
        <source>Nothing should cover your face</source>
        <translation>Ничто не должно закрывать лицо</translation>
    </message>
    <message>
        <source>Come closer</source>
        <translation>Подойдите ближе</translation>
    </message>
    <message>
        <source>Put your whole face into the oval</source>
        <translation>Поместите в овал всё лицо</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>Посмотрите в камеру</translation>
    </message>
    <message>
        <source>More light on your face, please</source>
        <translation>Нужно больше света на лицо</translation>
    </message>
    <message>
        <source>Less light on your face, please</source>
        <translation>Нужно меньше света на лицо</translation>
    </message>
    <message>
        <source>Turn away from the light behind you</source>
        <translation>Отвернитесь от света за спиной</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Не двигайтесь</translation>
    </message>
    <message>
        <source>Look straight into the camera</source>
        <translation>Смотрите прямо в камеру</translation>
    </message>
    <message>
        <source>Turn your head a little to your left</source>
        <translation>Чуть поверните голову влево</translation>
    </message>
    <message>
        <source>Turn your head a little to your right</source>
        <translation>Чуть поверните голову вправо</translation>
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
    <name>PasswordScreen</name>
    <message>
        <source>Administration</source>
        <translation>Управление</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>This is not the password.</source>
        <translation>Пароль неверный.</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong attempts. Try again in %n minute(s).</source>
        <translation>
            <numerusform>Слишком много неверных попыток. Попробуйте через %n минуту.</numerusform>
            <numerusform>Слишком много неверных попыток. Попробуйте через %n минуты.</numerusform>
            <numerusform>Слишком много неверных попыток. Попробуйте через %n минут.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Слишком много неверных попыток. Попробуйте через %n секунду.</numerusform>
            <numerusform>Слишком много неверных попыток. Попробуйте через %n секунды.</numerusform>
            <numerusform>Слишком много неверных попыток. Попробуйте через %n секунд.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>This is no e-mail address.</source>
        <translation>Это не адрес электронной почты.</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Нужно имя.</translation>
    </message>
    <message>
        <source>There are signs in it that no name has.</source>
        <translation>В нём есть знаки, которых в имени не бывает.</translation>
    </message>
    <message>
        <source>Somebody else has this address.</source>
        <translation>Этот адрес уже занят другим человеком.</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Фамилия и имя</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Электронная почта</translation>
    </message>
    <message>
        <source>Department (may stay empty)</source>
        <translation>Отдел (можно не указывать)</translation>
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
    <name>Question</name>
    <message>
        <source>No, go back</source>
        <translation>Нет, вернуться</translation>
    </message>
</context>
<context>
    <name>ReviewStep</name>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Quality {percent} %</source>
        <translation>Качество {percent} %</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Снимок</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Заново</translation>
    </message>
    <message>
        <source>Take this picture again</source>
        <translation>Сделать этот снимок заново</translation>
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
<context>
    <name>WhoStep</name>
    <message>
        <source>Go on</source>
        <translation>Дальше</translation>
    </message>
</context>
<context>
    <name>_Door</name>
    <message>
        <source>The password cannot be checked at the moment: the database does not answer.</source>
        <translation>Сейчас пароль нельзя проверить: база данных не отвечает.</translation>
    </message>
</context>
</TS>
