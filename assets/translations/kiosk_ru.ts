<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AddReceiverScreen</name>
    <message>
        <source>Add a system</source>
        <translation>Добавить систему</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Вебхук</translation>
    </message>
    <message>
        <source>Files in a folder</source>
        <translation>Файлы в папке</translation>
    </message>
    <message>
        <source>Name: small Latin letters, digits and hyphens, such as payroll</source>
        <translation>Имя: строчные латинские буквы, цифры и дефисы, например payroll</translation>
    </message>
    <message>
        <source>Each entry and exit is sent as a signed message to an address in the network.</source>
        <translation>О каждом входе и выходе на сетевой адрес уходит подписанное сообщение.</translation>
    </message>
    <message>
        <source>Address, beginning with https://</source>
        <translation>Адрес, начиная с https://</translation>
    </message>
    <message>
        <source>Every five minutes a CSV file with what is new appears in a folder.</source>
        <translation>Каждые пять минут в папке появляется файл CSV с новыми событиями.</translation>
    </message>
    <message>
        <source>Folder, beginning with /</source>
        <translation>Папка, полный путь от /</translation>
    </message>
    <message>
        <source>MQTT and the terminal protocol are set up by command: kiosk receivers add.</source>
        <translation>MQTT и протокол терминалов настраиваются командой kiosk receivers add.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Added; now try it.</source>
        <translation>Добавлено, теперь проверьте связь</translation>
    </message>
    <message>
        <source>Enter this secret in the other system. It is shown only now:

{secret}</source>
        <translation>Введите этот секрет в другой системе. Он показан только сейчас:

{secret}</translation>
    </message>
    <message>
        <source>It is told of what happens from now on.</source>
        <translation>Система узнает обо всём, что произойдёт с этой минуты.</translation>
    </message>
    <message>
        <source>A name of small Latin letters, digits and hyphens is needed.</source>
        <translation>Нужно имя из строчных латинских букв, цифр и дефисов.</translation>
    </message>
    <message>
        <source>There is a system of this name already.</source>
        <translation>Система с таким именем уже есть.</translation>
    </message>
    <message>
        <source>This is no address; write it like https://payroll.example.com/hook.</source>
        <translation>Это не адрес; напишите его так: https://payroll.example.com/hook.</translation>
    </message>
    <message>
        <source>This is no folder; write its whole path, such as /srv/payroll.</source>
        <translation>Это не папка; напишите полный путь, например /srv/payroll.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно; попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
</context>
<context>
    <name>AddScreen</name>
    <message>
        <source>Add an entry or exit</source>
        <translation>Добавить вход или выход</translation>
    </message>
    <message>
        <source>Who? Touch to choose</source>
        <translation>Кто? Нажмите, чтобы выбрать</translation>
    </message>
    <message>
        <source>Choose first whose entry or exit is missing.</source>
        <translation>Сначала выберите, чей вход или выход пропущен.</translation>
    </message>
    <message>
        <source>This very entry or exit is there already, or the person has left for good.</source>
        <translation>Точно такой вход или выход уже есть, или этот человек больше не работает.</translation>
    </message>
    <message>
        <source>Who was it?</source>
        <translation>Кто это был?</translation>
    </message>
    <message>
        <source>{name}: {type} at {time} was added.</source>
        <translation>{name}: добавлено — {type} в {time}.</translation>
    </message>
</context>
<context>
    <name>AdminFlow</name>
    <message>
        <source>Nobody is recognised at this door until the kiosk is started again.</source>
        <translation>Пока киоск не запущен снова, у этой двери никого не узнают.</translation>
    </message>
    <message>
        <source>Close the kiosk?</source>
        <translation>Закрыть киоск?</translation>
    </message>
    <message>
        <source>Close the kiosk</source>
        <translation>Закрыть киоск</translation>
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
        <source>Employees</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Сменить пароль</translation>
    </message>
    <message>
        <source>Timesheets</source>
        <translation>Табели</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Open questions</source>
        <translation>Открытые вопросы</translation>
    </message>
    <message>
        <source>Who is in</source>
        <translation>Кто внутри</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>Другие системы</translation>
    </message>
    <message>
        <source>Check of the faces</source>
        <translation>Проверка лиц</translation>
    </message>
    <message>
        <source>Close the kiosk</source>
        <translation>Закрыть киоск</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Last events</source>
        <translation>Последние отметки</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Пока ничего не было.</translation>
    </message>
    <message>
        <source>In now</source>
        <translation>Сейчас на месте</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Опоздали</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Не пришли</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>came at {time}, {late} late</source>
        <translation>приход в {time}, опоздание {late}</translation>
    </message>
    <message>
        <source>Late today</source>
        <translation>Опоздали сегодня</translation>
    </message>
    <message>
        <source>should be there since {time}</source>
        <translation>ждали к {time}</translation>
    </message>
    <message>
        <source>Missing today</source>
        <translation>Не пришли сегодня</translation>
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
    <name>AnswerScreen</name>
    <message>
        <source>{type} at {time}</source>
        <translation>{type} в {time}</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>Другое время</translation>
    </message>
    <message>
        <source>Choose the time</source>
        <translation>Указать время</translation>
    </message>
    <message>
        <source>Open the day in the journal</source>
        <translation>Открыть день в журнале</translation>
    </message>
    <message>
        <source>It is settled</source>
        <translation>Вопрос решён</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>Просит</translation>
    </message>
    <message>
        <source>In their words</source>
        <translation>Своими словами</translation>
    </message>
    <message>
        <source>nothing more</source>
        <translation>ничего не добавлено</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Известно</translation>
    </message>
    <message>
        <source>nothing is missing on that day</source>
        <translation>в этот день ничего не пропущено</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Предложение</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>came at {time}</source>
        <translation>приход в {time}</translation>
    </message>
    <message>
        <source>left at {time}</source>
        <translation>уход в {time}</translation>
    </message>
    <message>
        <source>nothing: nobody was seen later, and there is no plan</source>
        <translation>нет: позже человека не видели, и графика у него нет</translation>
    </message>
    <message>
        <source>{time}, last seen at {door}</source>
        <translation>{time}, последний раз замечен у двери {door}</translation>
    </message>
    <message>
        <source>{time}, the shift&apos;s end</source>
        <translation>{time}, конец смены</translation>
    </message>
    <message>
        <source>{time}, the shift&apos;s beginning</source>
        <translation>{time}, начало смены</translation>
    </message>
    <message>
        <source>Forgotten; taken from the last sighting</source>
        <translation>Забыто; время, когда человека видели последний раз</translation>
    </message>
    <message>
        <source>Forgotten; by the plan</source>
        <translation>Забыто; время по графику</translation>
    </message>
    <message>
        <source>The request was refused.</source>
        <translation>Просьба отклонена.</translation>
    </message>
    <message>
        <source>The request is settled.</source>
        <translation>Просьба выполнена.</translation>
    </message>
    <message>
        <source>The month is closed; open the day in the journal to open it again.</source>
        <translation>Месяц закрыт; откройте день в журнале, чтобы открыть месяц снова.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Checked and settled</source>
        <translation>Проверено, вопрос решён</translation>
    </message>
    <message>
        <source>the exit that the kiosk set to the shift&apos;s end</source>
        <translation>выход, который киоск поставил на конец смены</translation>
    </message>
    <message>
        <source>the exit that the kiosk set; last seen {time} at {door}</source>
        <translation>выход, который поставил киоск; последний раз замечен в {time} у двери {door}</translation>
    </message>
    <message>
        <source>Confirmed as set by the kiosk</source>
        <translation>Подтверждено, как поставил киоск</translation>
    </message>
    <message>
        <source>{name}: the exit at {time} is confirmed.</source>
        <translation>{name}: выход в {time} подтверждён.</translation>
    </message>
    <message>
        <source>turn both around in the journal; the stay does not count until then</source>
        <translation>поменяйте приход и выход местами в журнале; до этого время не учитывается</translation>
    </message>
    <message>
        <source>add when the person went out and came back; until then the planned break is deducted</source>
        <translation>добавьте, когда человек вышел и вернулся; до этого вычитается перерыв по графику</translation>
    </message>
</context>
<context>
    <name>CameraLabels</name>
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
    <message>
        <source>The camera&apos;s picture has a size that cannot be used — set another resolution</source>
        <translation>Размер изображения камеры не подходит — задайте другое разрешение</translation>
    </message>
</context>
<context>
    <name>CameraSettingsScreen</name>
    <message>
        <source>A network camera&apos;s address is set by kiosk settings set source.</source>
        <translation>Адрес сетевой камеры задаёт команда kiosk settings set source.</translation>
    </message>
</context>
<context>
    <name>CameraStep</name>
    <message>
        <source>Does the camera see you?</source>
        <translation>Камера вас видит?</translation>
    </message>
    <message>
        <source>At eye level, 1.4 to 1.6 m above the floor, with the light on the faces and not behind them.</source>
        <translation>На уровне глаз, 1,4–1,6 м от пола; свет должен падать на лица, а не светить из-за спины.</translation>
    </message>
    <message>
        <source>Starting the camera</source>
        <translation>Камера включается</translation>
    </message>
    <message>
        <source>Stand before the camera</source>
        <translation>Встаньте перед камерой</translation>
    </message>
    <message>
        <source>Your face is clearly visible</source>
        <translation>Ваше лицо хорошо видно</translation>
    </message>
</context>
<context>
    <name>CaptureStep</name>
    <message>
        <source>The pictures are taken by themselves, and none of them is kept.</source>
        <translation>Снимки делаются сами, и ни один из них не сохраняется.</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>Нет изображения с камеры.</translation>
    </message>
    <message>
        <source>{taken} of {most} pictures</source>
        <translation>Снимки: {taken} из {most}</translation>
    </message>
    <message>
        <source>Take it as it is</source>
        <translation>Снять как есть</translation>
    </message>
    <message>
        <source>The picture cannot be checked; the log says why.</source>
        <translation>Не удалось проверить снимок; причина записана в журнале.</translation>
    </message>
</context>
<context>
    <name>ChangePasswordScreen</name>
    <message>
        <source>Change</source>
        <translation>Сменить</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>Текущий пароль</translation>
    </message>
    <message>
        <source>Enter the current password first.</source>
        <translation>Сначала введите текущий пароль.</translation>
    </message>
    <message>
        <source>The new password is in force from now on.</source>
        <translation>Теперь действует новый пароль.</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Сменить пароль</translation>
    </message>
</context>
<context>
    <name>ChoiceScreen</name>
    <message>
        <source>Shown</source>
        <translation>Выбрано</translation>
    </message>
</context>
<context>
    <name>CloseMonthScreen</name>
    <message>
        <source>Close {month}?</source>
        <translation>Закрыть {month}?</translation>
    </message>
    <message>
        <source>Whoever closes it answers for its timesheet. Nothing in it is corrected until it is opened again.</source>
        <translation>Кто закрывает месяц, отвечает за его табель. Пока месяц закрыт, исправлять в нём ничего нельзя.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваши имя и фамилия</translation>
    </message>
    <message>
        <source>Close the month</source>
        <translation>Закрыть месяц</translation>
    </message>
    <message>
        <source>Looking for what is still open…</source>
        <translation>Ищем, что ещё не решено…</translation>
    </message>
    <message>
        <source>Nothing is open: every entry has its exit, and no request waits.</source>
        <translation>Всё решено: у каждого входа есть выход, и ни одна просьба не ждёт ответа.</translation>
    </message>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n открытый вопрос</numerusform>
            <numerusform>%n открытых вопроса</numerusform>
            <numerusform>%n открытых вопросов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unanswered request(s)</source>
        <translation>
            <numerusform>%n просьба без ответа</numerusform>
            <numerusform>%n просьбы без ответа</numerusform>
            <numerusform>%n просьб без ответа</numerusform>
        </translation>
    </message>
    <message>
        <source>Still open: {what}. Such hours do not count; better answer them first.</source>
        <translation>Ещё не решено: {what}. Эти часы не учтены; лучше сначала ответить.</translation>
    </message>
    <message>
        <source>A name is needed: of whoever answers for the timesheet.</source>
        <translation>Укажите имя того, кто отвечает за табель.</translation>
    </message>
    <message>
        <source>Somebody else has closed it already.</source>
        <translation>Месяц уже закрыл кто-то другой.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
</context>
<context>
    <name>ClosedMonthsScreen</name>
    <message>
        <source>Close a month</source>
        <translation>Закрыть месяц</translation>
    </message>
    <message>
        <source>Months</source>
        <translation>Месяцы</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>closed by {name}, {day}</source>
        <translation>закрыт: {name}, {day}</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыт</translation>
    </message>
    <message>
        <source>open: touch to close it</source>
        <translation>открыт: нажмите, чтобы закрыть</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыт</translation>
    </message>
    <message>
        <source>not over yet</source>
        <translation>ещё не закончился</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>База данных не отвечает; список мог устареть.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>A month is closed when its last day has ended.</source>
        <translation>Месяц закрывают, когда закончился его последний день.</translation>
    </message>
    <message>
        <source>{month} is closed by {name}; nothing in it is corrected any more.</source>
        <translation>{month}: месяц закрыт (ответственный: {name}); исправлять в нём больше ничего нельзя.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>{month} is open again. Close it when it is corrected.</source>
        <translation>{month}: месяц снова открыт. Закройте его, когда исправите.</translation>
    </message>
    <message>
        <source>Closed by mistake; undone at once</source>
        <translation>Закрыт по ошибке, сразу отменено</translation>
    </message>
</context>
<context>
    <name>ConfirmScreen</name>
    <message>
        <source>No, go back</source>
        <translation>Нет, вернуться</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>The person has read this and agrees</source>
        <translation>Сотрудник прочитал текст и согласен</translation>
    </message>
    <message>
        <source>With the camera</source>
        <translation>С камеры</translation>
    </message>
    <message>
        <source>From photographs</source>
        <translation>Из фотографий</translation>
    </message>
    <message>
        <source>Without a face, by PIN</source>
        <translation>Без лица, по ПИН-коду</translation>
    </message>
</context>
<context>
    <name>CorrectionNotice</name>
    <message>
        <source>A stay lacks its entry or exit now; see the open questions.</source>
        <translation>Теперь где-то не хватает входа или выхода; смотрите открытые вопросы.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Somebody else corrected this meanwhile. The list shows what counts now.</source>
        <translation>Это тем временем исправил кто-то другой. В списке то, что учитывается сейчас.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Undone by the administrator</source>
        <translation>Отменено администратором</translation>
    </message>
    <message>
        <source>It is undone: what counted before counts again.</source>
        <translation>Отменено: снова учитывается то, что было прежде.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>The month is closed; open it first, on the screen of the timesheets.</source>
        <translation>Месяц закрыт; сначала откройте его на экране «Табели».</translation>
    </message>
    <message>
        <source>It cannot be undone: a later correction has to be undone first.</source>
        <translation>Отменить нельзя: сначала нужно отменить более позднее исправление.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
</context>
<context>
    <name>CorrectionScreen</name>
    <message>
        <source>Forgot to look at the camera</source>
        <translation>Не посмотрел в камеру</translation>
    </message>
    <message>
        <source>Was not recognised</source>
        <translation>Не был распознан</translation>
    </message>
    <message>
        <source>Came or left by another door</source>
        <translation>Прошёл через другую дверь</translation>
    </message>
    <message>
        <source>Confirmed by the manager</source>
        <translation>Подтвердил руководитель</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Почему?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Touch a reason or type one; it stays with the event.</source>
        <translation>Выберите причину или введите свою; она останется вместе с отметкой.</translation>
    </message>
    <message>
        <source>This cannot be: it is the same as before, in the future, or before the person was added.</source>
        <translation>Так не может быть: ничего не изменилось, это время ещё не наступило, или человека тогда ещё не было в списке.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>{month} is closed. It has to be opened first.</source>
        <translation>{month}: месяц закрыт. Сначала его нужно открыть.</translation>
    </message>
    <message>
        <source>Open the month</source>
        <translation>Открыть месяц</translation>
    </message>
    <message>
        <source>The month is open. Now save the correction.</source>
        <translation>Месяц открыт. Теперь сохраните исправление.</translation>
    </message>
    <message>
        <source>They look alike</source>
        <translation>Они похожи</translation>
    </message>
    <message>
        <source>Seen on the snapshot</source>
        <translation>Видно на снимке</translation>
    </message>
    <message>
        <source>The person said so</source>
        <translation>Со слов сотрудника</translation>
    </message>
    <message>
        <source>No reason was given</source>
        <translation>Причину не назвали</translation>
    </message>
    <message>
        <source>The wrong reason was chosen</source>
        <translation>Выбрана не та причина</translation>
    </message>
    <message>
        <source>Registered by mistake</source>
        <translation>Отмечено по ошибке</translation>
    </message>
    <message>
        <source>It was a trial</source>
        <translation>Это была проба</translation>
    </message>
    <message>
        <source>Only walked past</source>
        <translation>Просто прошёл мимо</translation>
    </message>
    <message>
        <source>Registered twice</source>
        <translation>Отмечено дважды</translation>
    </message>
</context>
<context>
    <name>CurrentPasswordField</name>
    <message>
        <source>This is not the password.</source>
        <translation>Пароль неверный.</translation>
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
    <name>DayPeopleScreen</name>
    <message>
        <source>Nobody.</source>
        <translation>Никого.</translation>
    </message>
</context>
<context>
    <name>DayScreen</name>
    <message>
        <source>Which day?</source>
        <translation>Какой день?</translation>
    </message>
    <message>
        <source>The month before</source>
        <translation>Предыдущий месяц</translation>
    </message>
    <message>
        <source>The month after</source>
        <translation>Следующий месяц</translation>
    </message>
</context>
<context>
    <name>DemoEndScreen</name>
    <message>
        <source>That was the demo</source>
        <translation>Это была демонстрация</translation>
    </message>
    <message>
        <source>Connect a camera, and people at your own door are greeted like this. Nothing leaves the device.</source>
        <translation>Подключите камеру — и у вашего входа людей будут встречать так же. Всё остаётся на этом устройстве.</translation>
    </message>
    <message numerus="yes">
        <source>This window closes in %n second(s).</source>
        <translation>
            <numerusform>Окно закроется через %n секунду.</numerusform>
            <numerusform>Окно закроется через %n секунды.</numerusform>
            <numerusform>Окно закроется через %n секунд.</numerusform>
        </translation>
    </message>
    <message>
        <source>Play it again</source>
        <translation>Показать ещё раз</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Set up this device</source>
        <translation>Настроить устройство</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>Find</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Качество</translation>
    </message>
    <message>
        <source>Describe</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Сравнение</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} мс</translation>
    </message>
    <message>
        <source>similarity {value}</source>
        <translation>сходство {value}</translation>
    </message>
    <message>
        <source>lead {value}</source>
        <translation>отрыв {value}</translation>
    </message>
    <message>
        <source>quality {value}</source>
        <translation>качество {value}</translation>
    </message>
    <message>
        <source>pressed “That&apos;s not me”</source>
        <translation>нажато «Это не я»</translation>
    </message>
    <message>
        <source>nobody is enrolled</source>
        <translation>никто не зарегистрирован</translation>
    </message>
    <message>
        <source>resembles nobody enough</source>
        <translation>ни на кого не похож достаточно</translation>
    </message>
    <message>
        <source>resembles two people alike</source>
        <translation>одинаково похож на двоих</translation>
    </message>
    <message>
        <source>resembles two people almost alike</source>
        <translation>почти одинаково похож на двоих</translation>
    </message>
    <message>
        <source>not every look names the same person</source>
        <translation>снимки указывают на разных людей</translation>
    </message>
    <message>
        <source>not opened yet</source>
        <translation>ещё не открыта</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>подключается</translation>
    </message>
    <message>
        <source>gives pictures</source>
        <translation>работает</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>нет связи</translation>
    </message>
    <message>
        <source>not told by this kind of source</source>
        <translation>этот источник их не сообщает</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Modes</source>
        <translation>Режимы</translation>
    </message>
    <message>
        <source>one stranger in {count} would be taken for somebody ({similarity} is needed)</source>
        <translation>один посторонний из {count} был бы принят за сотрудника (нужно сходство {similarity})</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Нейросети</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>Зарегистрировано</translation>
    </message>
    <message>
        <source>people: {people}, pictures: {templates}</source>
        <translation>людей: {people}, снимков: {templates}</translation>
    </message>
    <message>
        <source>How strict</source>
        <translation>Строгость</translation>
    </message>
    <message>
        <source>Measured here</source>
        <translation>Измерено здесь</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>the kiosk has {own} GB, {free} GB are free</source>
        <translation>занято киоском {own} ГБ, свободно {free} ГБ</translation>
    </message>
    <message>
        <source>{free} of {total} GB free</source>
        <translation>свободно {free} из {total} ГБ</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>{version}, running since {time}</source>
        <translation>{version}, работает с {time}</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Диск</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Температура</translation>
    </message>
    <message>
        <source>Last backup</source>
        <translation>Последняя копия</translation>
    </message>
    <message>
        <source>Last clean-up</source>
        <translation>Последняя очистка</translation>
    </message>
    <message>
        <source>error</source>
        <translation>ошибка</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>предупреждение</translation>
    </message>
    <message>
        <source>nothing yet; until then it is careful</source>
        <translation>пока ничего; до тех пор киоск осторожнее</translation>
    </message>
    <message>
        <source>{count} visits since {day}</source>
        <translation>проходов с {day}: {count}</translation>
    </message>
    <message>
        <source>the threshold follows them</source>
        <translation>порог учитывает их</translation>
    </message>
    <message>
        <source>too few people to follow; until then it is careful</source>
        <translation>людей пока мало; до тех пор киоск осторожнее</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>ещё не было</translation>
    </message>
    <message>
        <source>within the last hour</source>
        <translation>меньше часа назад</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>{count} ч назад</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>{count} дн. назад</translation>
    </message>
</context>
<context>
    <name>DiagnosticsScreen</name>
    <message>
        <source>Diagnostics</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Создать копию</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Сохранить отчёт</translation>
    </message>
    <message>
        <source>Without names and faces</source>
        <translation>Без имён и лиц</translation>
    </message>
    <message>
        <source>Live picture</source>
        <translation>Изображение с камеры</translation>
    </message>
    <message>
        <source>What each stage of a frame takes</source>
        <translation>Сколько занимает каждый этап кадра</translation>
    </message>
    <message>
        <source>Last errors</source>
        <translation>Последние ошибки</translation>
    </message>
    <message>
        <source>Recognition: {rate} frames a second</source>
        <translation>Распознавание: {rate} кадров в секунду</translation>
    </message>
    <message>
        <source>Camera: {rate} frames a second</source>
        <translation>Камера: {rate} кадров в секунду</translation>
    </message>
    <message>
        <source>a frame takes {typical}, one in twenty more than {slow}</source>
        <translation>кадр занимает {typical}, каждый двадцатый — больше {slow}</translation>
    </message>
    <message>
        <source>Not everything could be read; the log says why.</source>
        <translation>Не всё удалось прочитать; причина в журнале системы.</translation>
    </message>
    <message>
        <source>None since the start.</source>
        <translation>С момента запуска их не было.</translation>
    </message>
    <message>
        <source>Backed up as {path}.</source>
        <translation>Копия сохранена: {path}.</translation>
    </message>
    <message>
        <source>No backup was made: there is no room, or the database does not answer.</source>
        <translation>Копия не создана: нет места или не отвечает база данных.</translation>
    </message>
    <message>
        <source>Everything is being looked at; this takes up to half a minute.</source>
        <translation>Идёт проверка; это займёт до полуминуты.</translation>
    </message>
    <message>
        <source>Saved as {path}. It names nobody.</source>
        <translation>Сохранено: {path}. Имён в отчёте нет.</translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: there is no room, or nothing may be written there.</source>
        <translation>В {folder} ничего не сохранено: нет места или запись запрещена.</translation>
    </message>
</context>
<context>
    <name>EditPersonScreen</name>
    <message>
        <source>It was somebody else</source>
        <translation>Это был другой человек</translation>
    </message>
    <message>
        <source>The event is now of {name}.</source>
        <translation>Теперь это отметка сотрудника: {name}.</translation>
    </message>
</context>
<context>
    <name>EditReasonScreen</name>
    <message>
        <source>Why did they leave?</source>
        <translation>Почему вышел?</translation>
    </message>
    <message>
        <source>Why is it corrected?</source>
        <translation>Почему исправляется?</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>причина не указана</translation>
    </message>
    <message>
        <source>Choose first why they left.</source>
        <translation>Сначала выберите причину выхода.</translation>
    </message>
    <message>
        <source>The reason of {name} was changed.</source>
        <translation>{name}: причина выхода изменена.</translation>
    </message>
</context>
<context>
    <name>EditScreen</name>
    <message>
        <source>Edit {name}</source>
        <translation>Изменить: {name}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>This person is not in the database any more.</source>
        <translation>Этого человека больше нет в базе данных.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
</context>
<context>
    <name>EditTimeScreen</name>
    <message>
        <source>Another time</source>
        <translation>Другое время</translation>
    </message>
    <message>
        <source>The time of {name} was changed.</source>
        <translation>{name}: время изменено.</translation>
    </message>
</context>
<context>
    <name>EditTypeScreen</name>
    <message>
        <source>Entry and exit of {name} were exchanged.</source>
        <translation>{name}: вход и выход заменены.</translation>
    </message>
</context>
<context>
    <name>EnrollScreen</name>
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
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Add the pictures</source>
        <translation>Добавить снимки</translation>
    </message>
    <message>
        <source>The photographs of {name}</source>
        <translation>Фотографии: {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were left out:</source>
        <translation>
            <numerusform>%n снимок не использован:</numerusform>
            <numerusform>%n снимка не использованы:</numerusform>
            <numerusform>%n снимков не использованы:</numerusform>
        </translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>These pictures are enrolled already. Nothing was saved.</source>
        <translation>Эти снимки уже зарегистрированы. Ничего не сохранено.</translation>
    </message>
    <message>
        <source>The pictures do not show the person who was enrolled before. Nothing was saved. If it is this person all the same, erase the face first.</source>
        <translation>На снимках не тот человек, который был зарегистрирован раньше. Ничего не сохранено. Если это всё же он, сначала сотрите старое лицо.</translation>
    </message>
    <message>
        <source>This person has been deactivated. Restore them first. Nothing was saved.</source>
        <translation>Доступ этого человека отключён. Сначала восстановите его. Ничего не сохранено.</translation>
    </message>
    <message>
        <source>Somebody else has this e-mail address or number now. Go back and change it.</source>
        <translation>Эта почта или этот табельный номер уже заняты другим человеком. Вернитесь и измените.</translation>
    </message>
    <message>
        <source>Who are you enrolling?</source>
        <translation>Кого вы регистрируете?</translation>
    </message>
    <message>
        <source>Use other pictures</source>
        <translation>Выбрать другие</translation>
    </message>
    <message>
        <source>If this is the same person, add these pictures to theirs. If it is somebody else, use other pictures.</source>
        <translation>Если это тот же человек, добавьте эти снимки ему. Если другой — сделайте или выберите другие снимки.</translation>
    </message>
    <message>
        <source>Enroll the next one</source>
        <translation>Зарегистрировать следующего</translation>
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
    <message>
        <source>Set up this device</source>
        <translation>Настроить устройство</translation>
    </message>
    <message>
        <source>This is a demo: a clip of people who walk past is played in place of a camera.</source>
        <translation>Это демонстрация: вместо камеры показан ролик, в котором мимо проходят люди.</translation>
    </message>
</context>
<context>
    <name>EvacuationScreen</name>
    <message>
        <source>Who is in</source>
        <translation>Кто внутри</translation>
    </message>
    <message numerus="yes">
        <source>In now: %n</source>
        <translation>
            <numerusform>Сейчас внутри: %n</numerusform>
            <numerusform>Сейчас внутри: %n</numerusform>
            <numerusform>Сейчас внутри: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Обновить</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Save the list of who is in</source>
        <translation>Сохранить список присутствующих</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>Nobody is in.</source>
        <translation>Внутри никого нет.</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>на {time}</translation>
    </message>
    <message>
        <source>The database does not answer. This is the copy of {time} with what this door has seen since; at other doors people may have come or left.</source>
        <translation>База данных не отвечает. Это копия на {time} и то, что с тех пор видела эта дверь; через другие двери могли войти или выйти.</translation>
    </message>
    <message>
        <source>Without a department</source>
        <translation>Без отдела</translation>
    </message>
    <message>
        <source>Neither the database nor a copy of the list can be read; ask another door.</source>
        <translation>Ни база данных, ни копия списка не читаются; посмотрите у другой двери.</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Сохранено: {path}.</translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: there is no room, or nothing may be written there.</source>
        <translation>В {folder} ничего не сохранено: нет места или запись запрещена.</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>Does not count</source>
        <translation>Не учитывается</translation>
    </message>
    <message>
        <source>Unknown visitor</source>
        <translation>Неизвестный посетитель</translation>
    </message>
    <message>
        <source>by face</source>
        <translation>по лицу</translation>
    </message>
    <message>
        <source>by PIN</source>
        <translation>по ПИН-коду</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>by another system</source>
        <translation>другой системой</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>администратор</translation>
    </message>
    <message>
        <source>at the door {name}</source>
        <translation>у двери {name}</translation>
    </message>
    <message>
        <source>{name}, by command</source>
        <translation>{name}, командой</translation>
    </message>
    <message>
        <source>{name}, by another system</source>
        <translation>{name}, другой системой</translation>
    </message>
    <message>
        <source>automatically</source>
        <translation>автоматически</translation>
    </message>
    <message>
        <source>“{reason}”</source>
        <translation>«{reason}»</translation>
    </message>
    <message>
        <source>Correction undone</source>
        <translation>Исправление отменено</translation>
    </message>
    <message>
        <source>Registered as {type}, {time}, {day}</source>
        <translation>Отмечено: {type}, {time}, {day}</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>Добавлено вручную</translation>
    </message>
    <message>
        <source>Set automatically</source>
        <translation>Поставлено автоматически</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Исправлено</translation>
    </message>
    <message>
        <source>was {original}</source>
        <translation>было {original}</translation>
    </message>
</context>
<context>
    <name>EventScreen</name>
    <message>
        <source>does not count</source>
        <translation>не учитывается</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Отметка</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Door</source>
        <translation>Дверь</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>Другое время</translation>
    </message>
    <message>
        <source>Say who it was</source>
        <translation>Указать, кто это был</translation>
    </message>
    <message>
        <source>It was somebody else</source>
        <translation>Это был другой человек</translation>
    </message>
    <message>
        <source>Reason of leaving</source>
        <translation>Причина выхода</translation>
    </message>
    <message>
        <source>Undo the last correction</source>
        <translation>Отменить последнее исправление</translation>
    </message>
    <message>
        <source>Who was it?</source>
        <translation>Кто это был?</translation>
    </message>
    <message>
        <source>Why was it decided so?</source>
        <translation>Почему так решено?</translation>
    </message>
    <message>
        <source>Do not count it</source>
        <translation>Не учитывать</translation>
    </message>
</context>
<context>
    <name>EventStyle</name>
    <message>
        <source>Welcome</source>
        <translation>Добро пожаловать</translation>
    </message>
    <message>
        <source>Entry at {time}</source>
        <translation>Вход в {time}</translation>
    </message>
    <message>
        <source>You are in</source>
        <translation>Вы уже пришли</translation>
    </message>
    <message>
        <source>It&apos;s an entry</source>
        <translation>Это вход</translation>
    </message>
    <message>
        <source>Goodbye</source>
        <translation>До свидания</translation>
    </message>
    <message>
        <source>Exit at {time}</source>
        <translation>Выход в {time}</translation>
    </message>
    <message>
        <source>You have left</source>
        <translation>Вы уже ушли</translation>
    </message>
    <message>
        <source>It&apos;s an exit</source>
        <translation>Это выход</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>You are registered as in since {time}</source>
        <translation>Вы отмечены на месте с {time}</translation>
    </message>
    <message>
        <source>I&apos;m coming in</source>
        <translation>Вхожу</translation>
    </message>
    <message>
        <source>You are registered as out since {time}</source>
        <translation>Ваш уход отмечен в {time}</translation>
    </message>
    <message>
        <source>I&apos;m leaving</source>
        <translation>Ухожу</translation>
    </message>
    <message>
        <source>Good morning</source>
        <translation>Доброе утро</translation>
    </message>
    <message>
        <source>Good afternoon</source>
        <translation>Добрый день</translation>
    </message>
    <message>
        <source>Good evening</source>
        <translation>Добрый вечер</translation>
    </message>
    <message>
        <source>Have a good evening</source>
        <translation>Хорошего вечера</translation>
    </message>
</context>
<context>
    <name>EventsScreen</name>
    <message>
        <source>Refresh</source>
        <translation>Обновить</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>База данных не отвечает; список мог устареть.</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>{month} is closed by {name}. To correct it, open it again.</source>
        <translation>{month}: месяц закрыт (ответственный: {name}). Чтобы исправлять, откройте его снова.</translation>
    </message>
    <message>
        <source>Open the month</source>
        <translation>Открыть месяц</translation>
    </message>
    <message>
        <source>Whose events?</source>
        <translation>Чьи отметки?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Save to a stick</source>
        <translation>Сохранить на флешку</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Отметки</translation>
    </message>
    <message>
        <source>No unknown visitor was seen.</source>
        <translation>Неизвестных посетителей не было.</translation>
    </message>
    <message>
        <source>Nothing like this was registered.</source>
        <translation>Таких отметок нет.</translation>
    </message>
    <message>
        <source>Nothing was registered of {name}.</source>
        <translation>Отметок нет: {name}.</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Пока ничего не было.</translation>
    </message>
    <message>
        <source>Nothing happened then.</source>
        <translation>Ничего не было.</translation>
    </message>
    <message>
        <source>All departments</source>
        <translation>Все отделы</translation>
    </message>
    <message>
        <source>Which department?</source>
        <translation>Какой отдел?</translation>
    </message>
    <message>
        <source>Which events?</source>
        <translation>Какие отметки?</translation>
    </message>
</context>
<context>
    <name>ExplanationScreen</name>
    <message>
        <source>Why?</source>
        <translation>Почему?</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>This could not be read. Nothing was changed.</source>
        <translation>Не удалось прочитать. Ничего не изменилось.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Show the numbers</source>
        <translation>Показать числа</translation>
    </message>
</context>
<context>
    <name>ExportScreen</name>
    <message>
        <source>Save the journal</source>
        <translation>Сохранить журнал</translation>
    </message>
    <message>
        <source>A spreadsheet of the events that the journal shows now, with their corrections.</source>
        <translation>Таблица отметок, которые сейчас показывает журнал, с исправлениями.</translation>
    </message>
    <message>
        <source>Choose a stick</source>
        <translation>Выбрать флешку</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Saved as {path}. The stick may be pulled out.</source>
        <translation>Сохранено: {path}. Флешку можно вынуть.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was left on the stick.</source>
        <translation>Отменено. На флешке ничего не осталось.</translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: there is no room, or the database does not answer.</source>
        <translation>В папке {folder} ничего не сохранено: нет места или не отвечает база данных.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
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
        <translation>Узнал</translation>
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
        <translation>Не узнаю</translation>
    </message>
    <message>
        <source>Show your eyes</source>
        <translation>Глаза не видны</translation>
    </message>
    <message>
        <source>Show your whole face</source>
        <translation>Откройте лицо</translation>
    </message>
</context>
<context>
    <name>FilesModel</name>
    <message>
        <source>Chosen</source>
        <translation>Выбрано</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Это устройство</translation>
    </message>
</context>
<context>
    <name>FilesScreen</name>
    <message>
        <source>Where to?</source>
        <translation>Куда сохранить?</translation>
    </message>
    <message>
        <source>Where are the photographs?</source>
        <translation>Где лежат фотографии?</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Вверх</translation>
    </message>
    <message>
        <source>Save here</source>
        <translation>Сохранить сюда</translation>
    </message>
    <message numerus="yes">
        <source>Take %n photograph(s)</source>
        <translation>
            <numerusform>Взять %n фотографию</numerusform>
            <numerusform>Взять %n фотографии</numerusform>
            <numerusform>Взять %n фотографий</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no folders here.</source>
        <translation>Здесь нет папок.</translation>
    </message>
    <message>
        <source>This folder cannot be read. Is it still plugged in?</source>
        <translation>Эту папку не прочитать. Носитель ещё подключён?</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Choose photographs</source>
        <translation>Выберите фотографии</translation>
    </message>
    <message>
        <source>Plug a USB stick in; it appears here by itself.</source>
        <translation>Вставьте флешку; она появится здесь сама.</translation>
    </message>
    <message>
        <source>There are no photographs here: JPEG, PNG, WebP, HEIC or AVIF files.</source>
        <translation>Здесь нет фотографий: файлов JPEG, PNG, WebP, HEIC или AVIF.</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Снять выбор</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Выбрать все</translation>
    </message>
</context>
<context>
    <name>FindingScreen</name>
    <message>
        <source>They are two people</source>
        <translation>Это два разных человека</translation>
    </message>
    <message>
        <source>One person: keep {name} (no. {number})</source>
        <translation>Один человек: оставить {name} (№ {number})</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Открыть: {name}</translation>
    </message>
    <message>
        <source>They count as two people now. Enroll both again, so that the kiosk can tell them apart.</source>
        <translation>Теперь это два разных человека. Зарегистрируйте обоих заново, чтобы киоск мог их различить.</translation>
    </message>
    <message>
        <source>{name} (no. {number}) is deactivated.</source>
        <translation>{name} (№ {number}): отключено.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing was changed; try again.</source>
        <translation>База данных не отвечает. Ничего не изменилось; попробуйте ещё раз.</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>One face, similarity {figure}: one person or two?</source>
        <translation>Одно лицо, сходство {figure}: это один человек или два?</translation>
    </message>
    <message>
        <source>Two people who look alike, similarity {figure}</source>
        <translation>Два похожих человека, сходство {figure}</translation>
    </message>
    <message>
        <source>One picture does not fit the others, similarity {figure}</source>
        <translation>Один снимок не похож на остальные, сходство {figure}</translation>
    </message>
    <message>
        <source>One picture alone, and a poor one: quality {figure} of 1</source>
        <translation>Всего один снимок, и плохой: качество {figure} из 1</translation>
    </message>
    <message>
        <source>Recognised at {share} % of the events; the PIN at the others</source>
        <translation>Узнан по лицу в {share} % случаев, в остальных набран ПИН-код</translation>
    </message>
    <message>
        <source>The kiosk cannot tell the two apart, so it recognises neither. If it is one person who was enrolled twice, keep one of the two; the other is deactivated, and its events stay. If they are two people, say so, and enroll both again with three to five pictures each.</source>
        <translation>Киоск не может различить этих двоих и поэтому не узнаёт никого из них. Если это один человек, зарегистрированный дважды, оставьте одну запись: другая будет отключена, её события останутся. Если это два человека, укажите это и зарегистрируйте обоих заново: по три–пять снимков.</translation>
    </message>
    <message>
        <source>The kiosk tells them apart by a clear look into the camera. More pictures of both, taken at this door, help it.</source>
        <translation>Киоск различает их, когда они смотрят прямо в камеру. Помогут новые снимки обоих, сделанные у этой двери.</translation>
    </message>
    <message>
        <source>Among this person&apos;s pictures may be one of somebody else. Erase the face, then enroll it again with three to five pictures.</source>
        <translation>Среди снимков этого человека может быть чужой. Сотрите лицо и зарегистрируйте его заново: три–пять снимков.</translation>
    </message>
    <message>
        <source>Enroll the face again with three to five pictures in good light, looking into the camera.</source>
        <translation>Зарегистрируйте лицо заново: три–пять снимков при хорошем свете, взгляд в камеру.</translation>
    </message>
    <message>
        <source>So it was in the last {days} days. New pictures, taken at this door and as the person comes to work, with glasses or a cap, help most.</source>
        <translation>Так было за последние {days} дн. Лучше всего помогут новые снимки у этой двери, такие, каким человек приходит на работу: в очках или в кепке.</translation>
    </message>
    <message>
        <source>The new network decides; the old pictures are still kept</source>
        <translation>Решает новая сеть; шаблоны прежней ещё хранятся</translation>
    </message>
    <message>
        <source>{done} of {people} people have pictures of the new network</source>
        <translation>Шаблоны новой сети есть у {done} из {people}</translation>
    </message>
</context>
<context>
    <name>GalleryScreen</name>
    <message>
        <source>Check of the faces</source>
        <translation>Проверка лиц</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Обновить</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n найдено</numerusform>
            <numerusform>%n найдено</numerusform>
            <numerusform>%n найдено</numerusform>
        </translation>
    </message>
    <message>
        <source>Everybody who is enrolled is told apart, and recognised by the face.</source>
        <translation>Все зарегистрированные различаются и узнаются по лицу.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минутку…</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>База данных не отвечает; список мог устареть.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Change to another network</source>
        <translation>Переход на другую сеть</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Решите</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно; попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>It is undone: what counted before counts again.</source>
        <translation>Отменено: снова действует то, что было раньше.</translation>
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
        <translation>Лицо узнано</translation>
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
        <source>This did not work</source>
        <translation>Не получилось</translation>
    </message>
    <message>
        <source>Please tell the administrator.</source>
        <translation>Сообщите администратору.</translation>
    </message>
    <message>
        <source>today {hours}</source>
        <translation>сегодня {hours}</translation>
    </message>
    <message>
        <source>balance {hours}</source>
        <translation>баланс {hours}</translation>
    </message>
    <message>
        <source>Use a PIN</source>
        <translation>По ПИН-коду</translation>
    </message>
    <message>
        <source>Use your PIN, please</source>
        <translation>Введите ПИН-код</translation>
    </message>
    <message>
        <source>Your face will not be taken for that person again.</source>
        <translation>Киоск больше не примет вас за этого человека.</translation>
    </message>
</context>
<context>
    <name>GroupScreen</name>
    <message>
        <source>All doors</source>
        <translation>Для всех входов</translation>
    </message>
    <message>
        <source>This door alone</source>
        <translation>Только для этого входа</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Для кого</translation>
    </message>
    <message>
        <source>This door has a value of its own; for all doors: {value}.</source>
        <translation>У этого входа своё значение; для всех входов: {value}.</translation>
    </message>
    <message>
        <source>Fixed by the environment variable {name}</source>
        <translation>Закреплено переменной окружения {name}</translation>
    </message>
    <message>
        <source>Fixed in the file {file}, line {number}</source>
        <translation>Закреплено в файле {file}, строка {number}</translation>
    </message>
    <message>
        <source>What you change here holds at every door.</source>
        <translation>Изменения действуют на всех входах.</translation>
    </message>
    <message>
        <source>What you change here holds at this door alone, whatever is set for all.</source>
        <translation>Изменения действуют только на этом входе, что бы ни было задано для всех.</translation>
    </message>
    <message>
        <source>{setting}: {value}</source>
        <translation>{setting}: {value}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Type a number from {least} to {greatest}.</source>
        <translation>Введите число от {least} до {greatest}.</translation>
    </message>
    <message>
        <source>Type a number of at least {least}.</source>
        <translation>Введите число не меньше {least}.</translation>
    </message>
    <message>
        <source>Type a time of day, such as 03:00.</source>
        <translation>Введите время суток, например 03:00.</translation>
    </message>
    <message>
        <source>This cannot be taken; type something else.</source>
        <translation>Такое значение не подходит, введите другое.</translation>
    </message>
    <message>
        <source>Somebody else has changed this meanwhile. Look at the value, then change it again.</source>
        <translation>Эту настройку только что изменил кто-то другой. Посмотрите на новое значение и измените его ещё раз.</translation>
    </message>
    <message>
        <source>Nothing was changed: the database does not answer, or the disk takes nothing.</source>
        <translation>Ничего не изменено: база данных не отвечает или на диск нельзя записать.</translation>
    </message>
    <message>
        <source>Nothing was changed: this is fixed elsewhere.</source>
        <translation>Ничего не изменено: значение закреплено в другом месте.</translation>
    </message>
    <message>
        <source>What stood before is set again.</source>
        <translation>Прежнее значение возвращено.</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>The device is in order.</source>
        <translation>Устройство в порядке.</translation>
    </message>
    <message>
        <source>The database does not answer; entries and exits are kept on this device.</source>
        <translation>База данных не отвечает; входы и выходы хранятся на этом устройстве.</translation>
    </message>
    <message>
        <source>Another device has the same name.</source>
        <translation>У другого устройства такое же имя.</translation>
    </message>
    <message>
        <source>The camera shows nothing.</source>
        <translation>Камера ничего не показывает.</translation>
    </message>
    <message>
        <source>The database refuses some entries and exits.</source>
        <translation>База данных не принимает часть входов и выходов.</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet.</source>
        <translation>Пока никто не добавлен.</translation>
    </message>
    <message>
        <source>The disk is nearly full.</source>
        <translation>На диске почти нет места.</translation>
    </message>
    <message>
        <source>The clock is not set by the network.</source>
        <translation>Часы не сверяются по сети.</translation>
    </message>
    <message>
        <source>Old snapshots have not been deleted for two nights.</source>
        <translation>Старые снимки не удалялись две ночи.</translation>
    </message>
    <message>
        <source>There has been no backup for two days.</source>
        <translation>Резервной копии не было два дня.</translation>
    </message>
    <message>
        <source>Recognition does not work as it should.</source>
        <translation>Распознавание работает не так, как должно.</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message>
        <source>Changes of settings</source>
        <translation>Изменения настроек</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Изменения</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Пока ничего не меняли.</translation>
    </message>
    <message>
        <source>{setting} is {value} again then.</source>
        <translation>Вернётся прежнее значение — {setting}: {value}.</translation>
    </message>
    <message>
        <source>Take this change back?</source>
        <translation>Отменить это изменение?</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отменить изменение</translation>
    </message>
    <message>
        <source>What stood before is set again.</source>
        <translation>Прежнее значение возвращено.</translation>
    </message>
    <message>
        <source>This setting was changed again since; nothing was taken back.</source>
        <translation>Эту настройку с тех пор меняли ещё раз; ничего не отменено.</translation>
    </message>
    <message>
        <source>The database does not answer; try again soon.</source>
        <translation>База данных не отвечает; попробуйте чуть позже.</translation>
    </message>
    <message>
        <source>This cannot be taken back here: it is fixed, or a password belongs to it.</source>
        <translation>Здесь это отменить нельзя: значение закреплено или в нём есть пароль.</translation>
    </message>
</context>
<context>
    <name>IdlePanel</name>
    <message>
        <source>Nobody is there. Touch to wake the screen.</source>
        <translation>Никого нет. Коснитесь, чтобы включить экран.</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>Посмотрите в камеру</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>This closes in {seconds} s. Touch the screen to stay.</source>
        <translation>Экран закроется через {seconds} с. Коснитесь его, чтобы остаться.</translation>
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
    <message>
        <source>Take off sunglasses, push the cap back</source>
        <translation>Снимите тёмные очки, сдвиньте кепку назад</translation>
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
    <message>
        <source>You are registered</source>
        <translation>Вы отмечены</translation>
    </message>
    <message>
        <source>There is nothing more to do.</source>
        <translation>Больше ничего делать не нужно.</translation>
    </message>
    <message>
        <source>The camera does not recognise you. Take off sunglasses or a mask, or ask the administrator.</source>
        <translation>Камера вас не узнаёт. Снимите тёмные очки или маску либо позовите администратора.</translation>
    </message>
</context>
<context>
    <name>JournalTools</name>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>День</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Все сотрудники</translation>
    </message>
    <message>
        <source>All departments</source>
        <translation>Все отделы</translation>
    </message>
    <message>
        <source>All events</source>
        <translation>Все отметки</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Входы</translation>
    </message>
    <message>
        <source>Exits</source>
        <translation>Выходы</translation>
    </message>
    <message>
        <source>Unknown visitors</source>
        <translation>Неизвестные посетители</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Исправленные</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>Удалить последнюю цифру</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
</context>
<context>
    <name>LanguageStep</name>
    <message>
        <source>Everybody can change it at the door; this is the one that it goes back to.</source>
        <translation>У входа каждый может выбрать другой язык; потом экран вернётся к этому.</translation>
    </message>
</context>
<context>
    <name>Leftover</name>
    <message>
        <source>The snapshot {detail} could not be deleted; delete it by hand.</source>
        <translation>Снимок {detail} не удалось удалить; удалите его вручную.</translation>
    </message>
    <message>
        <source>Snapshots on other devices are deleted by them, when they run: {detail}.</source>
        <translation>Снимки на других устройствах удалят они сами, когда будут включены: {detail}.</translation>
    </message>
    <message>
        <source>The portrait {detail} lies in another folder; delete it by hand.</source>
        <translation>Портрет {detail} лежит в другой папке; удалите его вручную.</translation>
    </message>
    <message>
        <source>{detail} could not be deleted; delete it by hand.</source>
        <translation>{detail} не удалось удалить; удалите вручную.</translation>
    </message>
    <message>
        <source>{detail} is not in use and holds an older copy of everybody; delete it when it is not needed.</source>
        <translation>{detail} не используется и хранит старую копию данных обо всех; удалите, когда будет не нужна.</translation>
    </message>
    <message>
        <source>The database server&apos;s own log and backups hold it until they are recycled; whoever runs it sees to that.</source>
        <translation>В журнале и резервных копиях сервера базы данных это остаётся, пока их не перезапишут; за этим следит тот, кто ведёт сервер.</translation>
    </message>
    <message>
        <source>Old pages stay in the database&apos;s log; the command kiosk purge removes them.</source>
        <translation>Старые страницы остаются в журнале базы данных; их убирает команда kiosk purge.</translation>
    </message>
    <message>
        <source>Free pages of the database were not overwritten; the command kiosk purge tries it again.</source>
        <translation>Свободные страницы базы данных не перезаписаны; команда kiosk purge попробует ещё раз.</translation>
    </message>
    <message>
        <source>Backups in {detail} hold the templates until newer ones replace them; a restore leaves them out.</source>
        <translation>Резервные копии в {detail} хранят шаблоны, пока их не сменят новые; при восстановлении эти шаблоны не возвращаются.</translation>
    </message>
    <message>
        <source>{detail} could not be written; make a backup soon, for an older one still holds the face.</source>
        <translation>{detail} не удалось записать; скоро сделайте новую резервную копию: в старой лицо ещё есть.</translation>
    </message>
</context>
<context>
    <name>MonthBars</name>
    <message>
        <source>The month before</source>
        <translation>Предыдущий месяц</translation>
    </message>
    <message>
        <source>The month after</source>
        <translation>Следующий месяц</translation>
    </message>
    <message>
        <source>Filled: worked; framed: planned</source>
        <translation>Заполнено — отработано, рамка — план</translation>
    </message>
    <message>
        <source>Worked {hours}</source>
        <translation>Отработано {hours}</translation>
    </message>
    <message>
        <source>Worked {hours} of {planned}</source>
        <translation>Отработано {hours} из {planned}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) late</source>
        <translation>
            <numerusform>%n день с опозданием</numerusform>
            <numerusform>%n дня с опозданием</numerusform>
            <numerusform>%n дней с опозданием</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) not there</source>
        <translation>
            <numerusform>%n день неявки</numerusform>
            <numerusform>%n дня неявки</numerusform>
            <numerusform>%n дней неявки</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n открытый вопрос</numerusform>
            <numerusform>%n открытых вопроса</numerusform>
            <numerusform>%n открытых вопросов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonthScreen</name>
    <message>
        <source>Worked {hours}</source>
        <translation>Отработано {hours}</translation>
    </message>
    <message>
        <source>balance {hours}</source>
        <translation>баланс {hours}</translation>
    </message>
    <message>
        <source>Is a day wrong? Touch it.</source>
        <translation>День записан неверно? Нажмите на него.</translation>
    </message>
    <message>
        <source>Nothing was planned or registered this month.</source>
        <translation>В этом месяце ничего не запланировано и не отмечено.</translation>
    </message>
    <message>
        <source>Open question</source>
        <translation>Открытый вопрос</translation>
    </message>
    <message>
        <source>Not there</source>
        <translation>Не было</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Запрошено</translation>
    </message>
    <message>
        <source>The correction was refused: {reason}</source>
        <translation>В исправлении отказано: {reason}</translation>
    </message>
</context>
<context>
    <name>NewPasswordForm</name>
    <message>
        <source>It is too short.</source>
        <translation>Он слишком короткий.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
    <message numerus="yes">
        <source>New password, %n character(s) at least</source>
        <translation>
            <numerusform>Новый пароль, не короче %n символа</numerusform>
            <numerusform>Новый пароль, не короче %n символов</numerusform>
            <numerusform>Новый пароль, не короче %n символов</numerusform>
        </translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Anybody would try this one first. Three words in a row are better.</source>
        <translation>Такой пробуют первым. Лучше три слова подряд.</translation>
    </message>
    <message>
        <source>It opens the list of employees and everything else here. Nobody can look it up later: keep it safe.</source>
        <translation>Он открывает список сотрудников и всё остальное здесь. Узнать его потом нельзя: сохраните его.</translation>
    </message>
</context>
<context>
    <name>NewTokenScreen</name>
    <message>
        <source>New token</source>
        <translation>Новый токен</translation>
    </message>
    <message>
        <source>What it is for, such as payroll</source>
        <translation>Для чего он, например payroll</translation>
    </message>
    <message>
        <source>What it allows</source>
        <translation>Что он разрешает</translation>
    </message>
    <message>
        <source>Make the token</source>
        <translation>Создать токен</translation>
    </message>
    <message>
        <source>Copy this token now: it is never shown again. Keep it like a password.</source>
        <translation>Скопируйте токен сейчас: больше он не появится. Храните его как пароль.</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Токен</translation>
    </message>
    <message>
        <source>Lists, presence and statistics; nothing can be changed.</source>
        <translation>Списки, кто внутри и статистика; изменить ничего нельзя.</translation>
    </message>
    <message>
        <source>Also changes, and enrolling people.</source>
        <translation>Ещё и изменения, и регистрация сотрудников.</translation>
    </message>
    <message>
        <source>Also the numbers that faces are recognised by.</source>
        <translation>Ещё и числа, по которым узнают лица.</translation>
    </message>
    <message>
        <source>The directory of people over SCIM, and nothing else.</source>
        <translation>Только список сотрудников по SCIM.</translation>
    </message>
    <message>
        <source>The settings, and nothing else.</source>
        <translation>Только настройки.</translation>
    </message>
    <message>
        <source>Choose another name: up to 64 letters, digits and . _ @ -, and none that is in use.</source>
        <translation>Выберите другое имя: до 64 букв, цифр и знаков . _ @ -, ещё не занятое.</translation>
    </message>
    <message>
        <source>The database does not answer; try again soon.</source>
        <translation>База данных не отвечает; попробуйте чуть позже.</translation>
    </message>
</context>
<context>
    <name>NoPasswordScreen</name>
    <message>
        <source>Administration</source>
        <translation>Управление</translation>
    </message>
    <message>
        <source>No administrator&apos;s password has been set yet.</source>
        <translation>Пароль администратора ещё не задан.</translation>
    </message>
    <message>
        <source>It is set on the device, at the command line:
{command}</source>
        <translation>Его задают на устройстве, в командной строке:
{command}</translation>
    </message>
</context>
<context>
    <name>NotRecognisedCard</name>
    <message>
        <source>Use a PIN</source>
        <translation>По ПИН-коду</translation>
    </message>
    <message>
        <source>Look again, please</source>
        <translation>Посмотрите ещё раз</translation>
    </message>
    <message>
        <source>Look into the camera without sunglasses or a mask, use your PIN, or ask the administrator.</source>
        <translation>Посмотрите в камеру без тёмных очков и маски, введите ПИН-код или позовите администратора.</translation>
    </message>
    <message>
        <source>Face not recognised</source>
        <translation>Лицо не узнано</translation>
    </message>
    <message>
        <source>Your eyes cannot be seen well. Take off the sunglasses or push the cap back, or use your PIN.</source>
        <translation>Глаза плохо видны. Снимите тёмные очки, сдвиньте кепку назад или введите ПИН-код.</translation>
    </message>
    <message>
        <source>Part of your face cannot be seen. Lower the mask, the scarf or your hand, or use your PIN.</source>
        <translation>Часть лица не видна. Опустите маску, шарф или руку либо введите ПИН-код.</translation>
    </message>
    <message>
        <source>Your face is turned away. Look straight into the camera, or use your PIN.</source>
        <translation>Лицо повёрнуто в сторону. Посмотрите прямо в камеру или введите ПИН-код.</translation>
    </message>
</context>
<context>
    <name>OfficeStep</name>
    <message>
        <source>Whose door is this?</source>
        <translation>Чей это вход?</translation>
    </message>
    <message>
        <source>Both stand on the entrance screen, where everybody can read them.</source>
        <translation>И то и другое будет видно всем на экране у входа.</translation>
    </message>
    <message>
        <source>Name of the office</source>
        <translation>Название офиса</translation>
    </message>
    <message>
        <source>A name is needed. It can also be given later.</source>
        <translation>Нужно название. Его можно указать и позже.</translation>
    </message>
    <message>
        <source>Who is responsible for face recognition (may stay empty)</source>
        <translation>Кто отвечает за распознавание лиц (можно не заполнять)</translation>
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
        <source>Other alphabet</source>
        <translation>Другая раскладка</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
    <message>
        <source>Hide the keyboard</source>
        <translation>Убрать клавиатуру</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Знаки</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Буквы</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide what was typed</source>
        <translation>Скрыть введённое</translation>
    </message>
    <message>
        <source>Show what was typed</source>
        <translation>Показать введённое</translation>
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
        <source>Forgotten? On the device: {command}</source>
        <translation>Забыли? На устройстве: {command}</translation>
    </message>
    <message>
        <source>Who is in</source>
        <translation>Кто внутри</translation>
    </message>
</context>
<context>
    <name>PasswordScreenBase</name>
    <message>
        <source>The password cannot be checked at the moment: the database does not answer.</source>
        <translation>Сейчас пароль нельзя проверить: база данных не отвечает.</translation>
    </message>
</context>
<context>
    <name>PasswordStep</name>
    <message>
        <source>The administrator&apos;s password</source>
        <translation>Пароль администратора</translation>
    </message>
    <message>
        <source>The password has been chosen. F2 or the button in the corner asks for it.</source>
        <translation>Пароль задан. Его спросят после нажатия F2 или кнопки в углу экрана.</translation>
    </message>
    <message>
        <source>The password cannot be kept at the moment: the database does not answer.</source>
        <translation>Сейчас пароль не сохранить: база данных не отвечает.</translation>
    </message>
    <message>
        <source>It is set on the device, at the command line:
{command}</source>
        <translation>Его задают на устройстве, в командной строке:
{command}</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>Employees</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Enroll</source>
        <translation>Зарегистрировать</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Активные</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>Без лица</translation>
    </message>
    <message>
        <source>Deactivated</source>
        <translation>Отключены</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>База данных не отвечает; список мог устареть.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n человек</numerusform>
            <numerusform>%n человека</numerusform>
            <numerusform>%n человек</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>Name, e-mail, department or number</source>
        <translation>Имя, почта, отдел или номер</translation>
    </message>
    <message>
        <source>Nobody matches.</source>
        <translation>Никого не нашлось.</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>A name is needed.</source>
        <translation>Нужно имя.</translation>
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
        <source>Department (may stay empty)</source>
        <translation>Отдел (можно не указывать)</translation>
    </message>
    <message>
        <source>Somebody else has this number.</source>
        <translation>Этот номер есть у другого человека.</translation>
    </message>
    <message>
        <source>E-mail (may stay empty)</source>
        <translation>Электронная почта (можно не указывать)</translation>
    </message>
    <message>
        <source>Personnel number (may stay empty)</source>
        <translation>Табельный номер (можно не указывать)</translation>
    </message>
    <message>
        <source>Position (may stay empty)</source>
        <translation>Должность (можно не указывать)</translation>
    </message>
    <message>
        <source>Name in the greeting (the full one if empty)</source>
        <translation>Имя в приветствии (пусто — полное имя)</translation>
    </message>
    <message>
        <source>This is not an e-mail address.</source>
        <translation>Это не адрес электронной почты.</translation>
    </message>
    <message>
        <source>It has characters that no name has.</source>
        <translation>В нём есть знаки, которых в имени не бывает.</translation>
    </message>
</context>
<context>
    <name>PersonLabels</name>
    <message>
        <source>Deactivated</source>
        <translation>Отключён доступ</translation>
    </message>
    <message>
        <source>Enroll again</source>
        <translation>Нужна регистрация</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>Без лица</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Face enrolled</source>
        <translation>Лицо есть</translation>
    </message>
    <message numerus="yes">
        <source>enrolled from %n picture(s)</source>
        <translation>
            <numerusform>зарегистрировано по %n снимку</numerusform>
            <numerusform>зарегистрировано по %n снимкам</numerusform>
            <numerusform>зарегистрировано по %n снимкам</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>data made of %n picture(s)</source>
        <translation>
            <numerusform>данные лица по %n снимку</numerusform>
            <numerusform>данные лица по %n снимкам</numerusform>
            <numerusform>данные лица по %n снимкам</numerusform>
        </translation>
    </message>
    <message>
        <source>no entries or exits</source>
        <translation>входов и выходов нет</translation>
    </message>
    <message numerus="yes">
        <source>%n entries and exits since {day}</source>
        <translation>
            <numerusform>%n вход или выход с {day}</numerusform>
            <numerusform>%n входа и выхода с {day}</numerusform>
            <numerusform>%n входов и выходов с {day}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of the last days</source>
        <translation>
            <numerusform>%n снимок последних дней</numerusform>
            <numerusform>%n снимка последних дней</numerusform>
            <numerusform>%n снимков последних дней</numerusform>
        </translation>
    </message>
    <message>
        <source>consent given on {day}</source>
        <translation>согласие дано {day}</translation>
    </message>
    <message>
        <source>no consent to the use of the face</source>
        <translation>согласия на использование лица нет</translation>
    </message>
    <message>
        <source>Stored: {what}.</source>
        <translation>Хранится: {what}.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>PIN number {number}</source>
        <translation>номер к ПИН-коду {number}</translation>
    </message>
    <message>
        <source>Greeted as</source>
        <translation>В приветствии</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Отдел</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Personnel number</source>
        <translation>Табельный номер</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Лицо</translation>
    </message>
    <message>
        <source>At the door</source>
        <translation>У двери</translation>
    </message>
    <message>
        <source>All that is stored about this person is in {path}.</source>
        <translation>Всё, что хранится об этом человеке, — в файле {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s) are on other devices.</source>
        <translation>
            <numerusform>%n снимок — на других устройствах.</numerusform>
            <numerusform>%n снимка — на других устройствах.</numerusform>
            <numerusform>%n снимков — на других устройствах.</numerusform>
        </translation>
    </message>
    <message>
        <source>Erased: {templates}, {snapshots}, {consents}.</source>
        <translation>Стёрто: {templates}, {snapshots}, {consents}.</translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s)</source>
        <translation>
            <numerusform>%n снимок</numerusform>
            <numerusform>%n снимка</numerusform>
            <numerusform>%n снимков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n consent(s)</source>
        <translation>
            <numerusform>%n согласие</numerusform>
            <numerusform>%n согласия</numerusform>
            <numerusform>%n согласий</numerusform>
        </translation>
    </message>
    <message>
        <source>What remains:</source>
        <translation>Что осталось:</translation>
    </message>
    <message>
        <source>has to be enrolled again: recognition was changed</source>
        <translation>нужно зарегистрировать заново: изменилось распознавание</translation>
    </message>
    <message>
        <source>not enrolled</source>
        <translation>не зарегистрировано</translation>
    </message>
    <message>
        <source>deactivated, not recognised</source>
        <translation>доступ отключён, не узнаётся</translation>
    </message>
    <message>
        <source>is recognised</source>
        <translation>узнаётся</translation>
    </message>
    <message>
        <source>registers by PIN</source>
        <translation>отмечается по ПИН-коду</translation>
    </message>
    <message>
        <source>not recognised yet</source>
        <translation>пока не узнаётся</translation>
    </message>
</context>
<context>
    <name>PersonScreen</name>
    <message>
        <source>Enroll the face</source>
        <translation>Зарегистрировать лицо</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Set PIN</source>
        <translation>Задать ПИН-код</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Новый ПИН-код</translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation>Отключить</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>Erase the face</source>
        <translation>Стереть лицо</translation>
    </message>
    <message>
        <source>{name} has been restored.</source>
        <translation>{name}: доступ восстановлен.</translation>
    </message>
    <message>
        <source>{name} has been deactivated; the door does not know them any more.</source>
        <translation>{name}: доступ отключён, дверь больше не узнаёт этого человека.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Erase the face of {name}?</source>
        <translation>Стереть лицо? {name}</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Стереть навсегда</translation>
    </message>
    <message>
        <source>This person is not in the database any more.</source>
        <translation>Этого человека больше нет в базе данных.</translation>
    </message>
    <message>
        <source>The database does not answer. Try again.</source>
        <translation>База данных не отвечает. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: there is no room, or nothing may be written there.</source>
        <translation>В {folder} ничего не сохранено: нет места или запись запрещена.</translation>
    </message>
    <message>
        <source>Remove the PIN</source>
        <translation>Удалить ПИН-код</translation>
    </message>
    <message>
        <source>Remove the PIN of {name}?</source>
        <translation>Удалить ПИН-код? {name}</translation>
    </message>
    <message>
        <source>Their number and PIN will not work any more. A new PIN comes with a new number.</source>
        <translation>Этот номер и ПИН-код больше не подойдут. Новый ПИН-код будет с новым номером.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>The PIN was removed.</source>
        <translation>ПИН-код удалён.</translation>
    </message>
    <message>
        <source>All data of the face, the portrait and the snapshots are deleted at once, and the consent is withdrawn. The person, their PIN and the list of their entries and exits stay. This cannot be undone.</source>
        <translation>Данные лица, портрет и снимки удаляются сразу, согласие отзывается. Сам человек, его ПИН-код и список его приходов и уходов остаются. Отменить это нельзя.</translation>
    </message>
    <message>
        <source>Enroll again</source>
        <translation>Снять лицо заново</translation>
    </message>
    <message>
        <source>Copy of the data</source>
        <translation>Копия данных</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Hours to a stick</source>
        <translation>Часы на флешку</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>Who is the first?</source>
        <translation>Кто будет первым?</translation>
    </message>
    <message>
        <source>Enroll yourself now, in a minute, and see how you are greeted. Everybody else can be enrolled later: F2 or the button in the corner of the entrance screen leads to the administration.</source>
        <translation>Зарегистрируйтесь сами — это займёт минуту — и посмотрите, как киоск вас встретит. Остальных можно зарегистрировать позже: F2 или кнопка в углу экрана у входа открывает управление.</translation>
    </message>
    <message>
        <source>Enroll somebody now</source>
        <translation>Зарегистрировать сейчас</translation>
    </message>
    <message>
        <source>People are enrolled in the administration: F2 or the button in the corner of the entrance screen leads there.</source>
        <translation>Людей регистрируют в управлении: его открывают клавиша F2 или кнопка в углу экрана входа.</translation>
    </message>
</context>
<context>
    <name>PhotographCard</name>
    <message>
        <source>Quality {percent} %</source>
        <translation>Качество {percent} %</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Фотография</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Leave out {name}</source>
        <translation>Убрать {name}</translation>
    </message>
    <message>
        <source>Take it anyway</source>
        <translation>Всё равно взять</translation>
    </message>
    <message>
        <source>Take {name} anyway</source>
        <translation>Всё равно взять {name}</translation>
    </message>
</context>
<context>
    <name>PhotographsStep</name>
    <message>
        <source>More photographs</source>
        <translation>Ещё фотографии</translation>
    </message>
    <message>
        <source>Three to five different photographs serve best. None of them is kept.</source>
        <translation>Лучше всего от трёх до пяти разных фотографий. Ни одна из них не сохраняется.</translation>
    </message>
    <message numerus="yes">
        <source>Save %n photograph(s)</source>
        <translation>
            <numerusform>Сохранить %n фотографию</numerusform>
            <numerusform>Сохранить %n фотографии</numerusform>
            <numerusform>Сохранить %n фотографий</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at photograph {number} of {total}</source>
        <translation>Проверяется фотография {number} из {total}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>The photographs cannot be checked; the log says why.</source>
        <translation>Не удалось проверить фотографии; причина записана в журнале.</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Number and PIN</source>
        <translation>Номер и ПИН-код</translation>
    </message>
    <message>
        <source>PIN number</source>
        <translation>Номер к ПИН-коду</translation>
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
    <message>
        <source>My month</source>
        <translation>Мой месяц</translation>
    </message>
</context>
<context>
    <name>PowerPanel</name>
    <message>
        <source>Restart</source>
        <translation>Перезапустить</translation>
    </message>
    <message>
        <source>Restart the kiosk</source>
        <translation>Перезапустить киоск</translation>
    </message>
    <message>
        <source>Restart the device</source>
        <translation>Перезагрузить устройство</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Выключить</translation>
    </message>
    <message>
        <source>This user may not restart or switch off the machine. On a device that ./install.sh device has set up, both buttons are here.</source>
        <translation>Этому пользователю нельзя перезагружать и выключать компьютер. На устройстве, установленном командой ./install.sh device, эти кнопки есть.</translation>
    </message>
    <message>
        <source>systemd does not answer here, so the machine itself has to be restarted and switched off by hand.</source>
        <translation>systemd здесь не отвечает, поэтому сам компьютер перезагружают и выключают вручную.</translation>
    </message>
    <message>
        <source>Restart the kiosk?</source>
        <translation>Перезапустить киоск?</translation>
    </message>
    <message>
        <source>Nobody is recognised for about half a minute. What was registered is kept.</source>
        <translation>Около полуминуты киоск никого не узнаёт. Все отметки сохранятся.</translation>
    </message>
    <message>
        <source>Restart the device?</source>
        <translation>Перезагрузить устройство?</translation>
    </message>
    <message>
        <source>Nobody is recognised for a minute or two. What was registered is kept.</source>
        <translation>Одну-две минуты киоск никого не узнаёт. Все отметки сохранятся.</translation>
    </message>
    <message>
        <source>Switch the device off?</source>
        <translation>Выключить устройство?</translation>
    </message>
    <message>
        <source>Nobody is recognised until somebody switches it on again, by the button on the device.</source>
        <translation>Киоск никого не узнаёт, пока устройство не включат снова кнопкой на корпусе.</translation>
    </message>
    <message>
        <source>The device is shutting down.</source>
        <translation>Устройство выключается.</translation>
    </message>
    <message>
        <source>The system refused. The device goes on; switch it off by its button.</source>
        <translation>Система отказала. Устройство работает; выключите его кнопкой на корпусе.</translation>
    </message>
    <message>
        <source>Restart and switch off</source>
        <translation>Перезапуск и выключение</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>my exit is missing</source>
        <translation>нет моего выхода</translation>
    </message>
    <message>
        <source>my entry is missing</source>
        <translation>нет моего входа</translation>
    </message>
    <message>
        <source>a time is wrong</source>
        <translation>неверное время</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>другое</translation>
    </message>
    <message>
        <source>Asked by the employee</source>
        <translation>Просьба сотрудника</translation>
    </message>
    <message>
        <source>Came at {time}; the exit is missing</source>
        <translation>Приход в {time}, выхода нет</translation>
    </message>
    <message>
        <source>Left at {time}; the entry is missing</source>
        <translation>Уход в {time}, входа нет</translation>
    </message>
    <message>
        <source>Last seen {time}</source>
        <translation>Видели в {time}</translation>
    </message>
    <message>
        <source>By the plan {time}</source>
        <translation>По графику {time}</translation>
    </message>
    <message>
        <source>Came at {time}; the kiosk set the exit to {left}</source>
        <translation>Приход в {time}; выход в {left} поставил киоск</translation>
    </message>
    <message>
        <source>Was in from {time} to {left}, without the planned break</source>
        <translation>Без выхода с {time} до {left}, а по графику положен перерыв</translation>
    </message>
    <message>
        <source>Came at {time}, left at {left}: they look swapped</source>
        <translation>Приход в {time}, выход в {left}: похоже, перепутаны</translation>
    </message>
</context>
<context>
    <name>QuestionsScreen</name>
    <message>
        <source>Open questions</source>
        <translation>Открытые вопросы</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Обновить</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n открытый</numerusform>
            <numerusform>%n открытых</numerusform>
            <numerusform>%n открытых</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is open: all entries and exits of this month and the last one are in pairs.</source>
        <translation>Всё решено: за этот и прошлый месяц у каждого входа есть выход.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>База данных не отвечает; список мог устареть.</translation>
    </message>
</context>
<context>
    <name>ReceiverLabels</name>
    <message numerus="yes">
        <source>%n change(s) wait</source>
        <translation>
            <numerusform>ждёт %n изменение</numerusform>
            <numerusform>ждут %n изменения</numerusform>
            <numerusform>ждут %n изменений</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>всё передано</translation>
    </message>
</context>
<context>
    <name>ReceiverScreen</name>
    <message>
        <source>Try it</source>
        <translation>Проверить связь</translation>
    </message>
    <message>
        <source>Tell again…</source>
        <translation>Передать заново…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>Возобновить</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Приостановить</translation>
    </message>
    <message>
        <source>No device tells it: kiosk deliver does not run.</source>
        <translation>Ей никто не передаёт события: kiosk deliver не запущен.</translation>
    </message>
    <message>
        <source>Another device tells it. {error}</source>
        <translation>Ей передаёт события другое устройство. {error}</translation>
    </message>
    <message>
        <source>number {number} of {latest}</source>
        <translation>номер {number} из {latest}</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Told up to</source>
        <translation>Передано</translation>
    </message>
    <message>
        <source>Behind by</source>
        <translation>Отставание</translation>
    </message>
    <message>
        <source>Last told</source>
        <translation>Последняя передача</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Что не так</translation>
    </message>
    <message>
        <source>Next attempt</source>
        <translation>Следующая попытка</translation>
    </message>
    <message>
        <source>Somebody has removed this system meanwhile.</source>
        <translation>Эту систему тем временем удалили.</translation>
    </message>
    <message>
        <source>The database does not answer; what is shown may be out of date.</source>
        <translation>База данных не отвечает; показанное могло устареть.</translation>
    </message>
    <message>
        <source>Trying it takes up to half a minute.</source>
        <translation>Проверка займёт не больше полуминуты.</translation>
    </message>
    <message>
        <source>It works: the other system took a test message.</source>
        <translation>Связь есть: другая система приняла проверочное сообщение.</translation>
    </message>
    <message>
        <source>It goes on where it was; nothing is lost.</source>
        <translation>Передача продолжится с того же места; ничего не потеряно.</translation>
    </message>
    <message>
        <source>It is told nothing until it is let go on; nothing is lost meanwhile.</source>
        <translation>Передача приостановлена, пока её не возобновят; ничего не потеряется.</translation>
    </message>
    <message>
        <source>It is told again of everything from number {number} on.</source>
        <translation>Всё начиная с номера {number} будет передано заново.</translation>
    </message>
    <message>
        <source>It is told nothing any more, and its secrets are erased. Added again, it begins anew.</source>
        <translation>Система больше ничего не узнает, её секреты будут стёрты. Добавленная снова, она начнёт с начала.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>Удалить {name}?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>Receivers</name>
    <message>
        <source>Webhook</source>
        <translation>Вебхук</translation>
    </message>
    <message>
        <source>Terminal protocol (ADMS)</source>
        <translation>Протокол терминалов (ADMS)</translation>
    </message>
    <message>
        <source>Files in a folder</source>
        <translation>Файлы в папке</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Работает</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>Сбой</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Nobody tells it</source>
        <translation>Без передачи</translation>
    </message>
    <message>
        <source>The other system answers with error {number}.</source>
        <translation>Другая система отвечает ошибкой {number}.</translation>
    </message>
    <message>
        <source>It did not work; the log of kiosk-deliver says why.</source>
        <translation>Не получилось; причина — в журнале kiosk-deliver.</translation>
    </message>
    <message>
        <source>The address is in the office&apos;s own network; it can be allowed by command (allow_local).</source>
        <translation>Это адрес внутренней сети; его можно разрешить командой (allow_local).</translation>
    </message>
    <message>
        <source>The other system answers what is no such answer.</source>
        <translation>Другая система отвечает не по правилам.</translation>
    </message>
    <message>
        <source>The broker refuses the connection.</source>
        <translation>Брокер отклоняет соединение.</translation>
    </message>
    <message>
        <source>The other system&apos;s certificate does not hold; nothing is told to it.</source>
        <translation>Сертификат другой системы недействителен; ей ничего не передаётся.</translation>
    </message>
    <message>
        <source>The other system broke off the connection.</source>
        <translation>Другая система оборвала соединение.</translation>
    </message>
    <message>
        <source>The database was restored or copied; let it go on if this device is to tell it.</source>
        <translation>База данных восстановлена или скопирована; возобновите передачу, если её ведёт это устройство.</translation>
    </message>
    <message>
        <source>The folder&apos;s disk is full.</source>
        <translation>На диске с этой папкой нет места.</translation>
    </message>
    <message>
        <source>The folder is not there.</source>
        <translation>Такой папки нет.</translation>
    </message>
    <message>
        <source>The other system wants no more messages.</source>
        <translation>Другая система больше не принимает сообщения.</translation>
    </message>
    <message>
        <source>The broker takes no messages of this topic.</source>
        <translation>Брокер не принимает сообщения в этой теме.</translation>
    </message>
    <message>
        <source>Something is set wrongly; kiosk receivers test says what.</source>
        <translation>Ошибка в настройках; подробности покажет kiosk receivers test.</translation>
    </message>
    <message>
        <source>The other system does not answer.</source>
        <translation>Другая система не отвечает.</translation>
    </message>
    <message>
        <source>The other system does not admit this terminal; enter its serial number there.</source>
        <translation>Другая система не признаёт этот терминал; внесите в неё его серийный номер.</translation>
    </message>
    <message>
        <source>The other system did not say that it took it.</source>
        <translation>Другая система не подтвердила приём.</translation>
    </message>
    <message>
        <source>Name or password is refused.</source>
        <translation>Имя или пароль не приняты.</translation>
    </message>
    <message>
        <source>The other system sends elsewhere, which is not followed; mend the address.</source>
        <translation>Другая система отсылает на иной адрес, туда ничего не передаётся; исправьте адрес.</translation>
    </message>
    <message>
        <source>The other system did not answer in time.</source>
        <translation>Другая система не ответила вовремя.</translation>
    </message>
    <message>
        <source>No encrypted connection came about.</source>
        <translation>Шифрованное соединение не установлено.</translation>
    </message>
    <message>
        <source>The other system cannot be reached.</source>
        <translation>До другой системы нет связи.</translation>
    </message>
    <message>
        <source>The kiosk may not write into the folder.</source>
        <translation>Киоску нельзя писать в эту папку.</translation>
    </message>
</context>
<context>
    <name>ReceiversScreen</name>
    <message>
        <source>Other systems</source>
        <translation>Другие системы</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Add a system</source>
        <translation>Добавить систему</translation>
    </message>
    <message>
        <source>No other system is told of entries and exits. Add one, or use kiosk receivers add.</source>
        <translation>О входах и выходах не узнаёт ни одна другая система. Добавьте её здесь или командой kiosk receivers add.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>The database does not answer; the list may be out of date.</source>
        <translation>База данных не отвечает; список мог устареть.</translation>
    </message>
    <message>
        <source>{name} is told no more; its secrets are erased.</source>
        <translation>{name} больше ничего не узнает; секреты стёрты.</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>The file is damaged or cannot be read.</source>
        <translation>Файл повреждён или не читается.</translation>
    </message>
    <message>
        <source>The picture is too large. Scale it down.</source>
        <translation>Изображение слишком большое. Уменьшите его.</translation>
    </message>
    <message>
        <source>There is no face in it.</source>
        <translation>На нём нет лица.</translation>
    </message>
    <message>
        <source>There is more than one face in it.</source>
        <translation>На нём больше одного лица.</translation>
    </message>
    <message>
        <source>The face can hardly be made out.</source>
        <translation>Лицо плохо различимо.</translation>
    </message>
    <message>
        <source>The face is too small.</source>
        <translation>Лицо слишком мелкое.</translation>
    </message>
    <message>
        <source>The face is cut off by the edge.</source>
        <translation>Лицо обрезано краем.</translation>
    </message>
    <message>
        <source>The face is turned away.</source>
        <translation>Лицо повёрнуто в сторону.</translation>
    </message>
    <message>
        <source>The face is too dark.</source>
        <translation>Лицо слишком тёмное.</translation>
    </message>
    <message>
        <source>The face is too bright.</source>
        <translation>Лицо слишком светлое.</translation>
    </message>
    <message>
        <source>The face is too pale.</source>
        <translation>Лицо слишком бледное.</translation>
    </message>
    <message>
        <source>The face is blurred.</source>
        <translation>Лицо размыто.</translation>
    </message>
    <message>
        <source>This does not look like the same person.</source>
        <translation>Это не похоже на того же человека.</translation>
    </message>
    <message>
        <source>This face is enrolled as another person.</source>
        <translation>Это лицо зарегистрировано у другого человека.</translation>
    </message>
    <message>
        <source>This picture is there already.</source>
        <translation>Такой снимок уже есть.</translation>
    </message>
    <message>
        <source>This is no JPEG, PNG, WebP, HEIC or AVIF picture.</source>
        <translation>Это не изображение JPEG, PNG, WebP, HEIC или AVIF.</translation>
    </message>
    <message>
        <source>The picture is tiny. Use a larger one.</source>
        <translation>Изображение слишком маленькое. Возьмите побольше.</translation>
    </message>
    <message>
        <source>The picture is too long and narrow. Cut out the part with the head.</source>
        <translation>Изображение слишком длинное и узкое. Вырежьте часть с головой.</translation>
    </message>
    <message>
        <source>The eyes are covered or in deep shade.</source>
        <translation>Глаза закрыты или в глубокой тени.</translation>
    </message>
    <message>
        <source>Something covers the face.</source>
        <translation>Что-то закрывает лицо.</translation>
    </message>
</context>
<context>
    <name>RefuseScreen</name>
    <message>
        <source>Refuse the request?</source>
        <translation>Отклонить просьбу?</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Почему?</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Checked: the times are right</source>
        <translation>Проверено: время верное</translation>
    </message>
    <message>
        <source>It was asked for already</source>
        <translation>Об этом уже просили</translation>
    </message>
    <message>
        <source>Please speak to your manager</source>
        <translation>Обратитесь к руководителю</translation>
    </message>
    <message>
        <source>The month is closed</source>
        <translation>Месяц закрыт</translation>
    </message>
    <message>
        <source>Touch a reason or type one.</source>
        <translation>Выберите причину или введите свою.</translation>
    </message>
</context>
<context>
    <name>ReopenScreen</name>
    <message>
        <source>Open {month} again?</source>
        <translation>Снова открыть {month}?</translation>
    </message>
    <message>
        <source>Its timesheet may change then. Close the month again when it is corrected.</source>
        <translation>Его табель может измениться. Закройте месяц снова, когда исправите.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваши имя и фамилия</translation>
    </message>
    <message>
        <source>Why is it opened?</source>
        <translation>Зачем открываете?</translation>
    </message>
    <message>
        <source>Open the month</source>
        <translation>Открыть месяц</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Нужно имя.</translation>
    </message>
    <message>
        <source>A reason is needed.</source>
        <translation>Нужна причина.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
</context>
<context>
    <name>ReplayScreen</name>
    <message>
        <source>Tell {name} again</source>
        <translation>Передать {name} заново</translation>
    </message>
    <message>
        <source>It was told up to number {number}; the latest is {latest}. What it knows already comes with the same id. A later number leaves out what lies before it.</source>
        <translation>Передано до номера {number}, последний — {latest}. Уже известное придёт с тем же id. Больший номер пропустит всё, что до него.</translation>
    </message>
    <message>
        <source>From which number on?</source>
        <translation>С какого номера?</translation>
    </message>
    <message>
        <source>Tell again</source>
        <translation>Передать заново</translation>
    </message>
    <message>
        <source>Type a number from 1 to {last}.</source>
        <translation>Введите число от 1 до {last}.</translation>
    </message>
    <message>
        <source>The database was restored or copied since: first let it go on.</source>
        <translation>С тех пор базу данных восстановили или скопировали: сначала возобновите передачу.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно; попробуйте ещё раз.</translation>
    </message>
</context>
<context>
    <name>RequestScreen</name>
    <message>
        <source>In your words, if you like: what is right?</source>
        <translation>Как было на самом деле? (необязательно)</translation>
    </message>
    <message>
        <source>My exit is missing</source>
        <translation>Нет моего выхода</translation>
    </message>
    <message>
        <source>My entry is missing</source>
        <translation>Нет моего входа</translation>
    </message>
    <message>
        <source>A time is wrong</source>
        <translation>Неверное время</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Другое</translation>
    </message>
    <message>
        <source>The administrator will see it.</source>
        <translation>Администратор это увидит.</translation>
    </message>
    <message>
        <source>This did not work. Please tell the administrator.</source>
        <translation>Не получилось. Сообщите администратору.</translation>
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
    <name>SetPinScreen</name>
    <message>
        <source>PIN of {name}</source>
        <translation>ПИН-код: {name}</translation>
    </message>
    <message>
        <source>With their number and this PIN the person registers without a face.</source>
        <translation>С номером и этим ПИН-кодом человек отмечается без лица.</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>PIN number: {number}</source>
        <translation>Номер к ПИН-коду: {number}</translation>
    </message>
    <message>
        <source>{name} types it together with the PIN at the entrance. Write it down for them.</source>
        <translation>{name} набирает его у входа вместе с ПИН-кодом. Запишите номер для этого человека.</translation>
    </message>
    <message>
        <source>Anybody would try this one first. Choose another.</source>
        <translation>Такой ПИН-код угадать проще всего. Выберите другой.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>ПИН-коды не совпадают.</translation>
    </message>
    <message>
        <source>This person has been deactivated. Restore them first.</source>
        <translation>Доступ этого человека отключён. Сначала восстановите его.</translation>
    </message>
    <message>
        <source>This person is not in the database any more.</source>
        <translation>Этого человека больше нет в базе данных.</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost; try again.</source>
        <translation>База данных не отвечает. Ничего не потеряно, попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>PIN, six to eight digits</source>
        <translation>ПИН-код, от шести до восьми цифр</translation>
    </message>
    <message>
        <source>Six to eight digits are needed.</source>
        <translation>Нужно от шести до восьми цифр.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Which one, and how its picture is turned</source>
        <translation>Какая камера и как повёрнута картинка</translation>
    </message>
    <message>
        <source>Screen and sound</source>
        <translation>Экран и звук</translation>
    </message>
    <message>
        <source>Language, names, motion, sounds</source>
        <translation>Язык, имена, движение, звуки</translation>
    </message>
    <message>
        <source>Entries and exits</source>
        <translation>Входы и выходы</translation>
    </message>
    <message>
        <source>What is recorded, and when a day begins</source>
        <translation>Что записывать и когда начинается день</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Распознавание</translation>
    </message>
    <message>
        <source>How strict the door is</source>
        <translation>Насколько строго узнавать</translation>
    </message>
    <message>
        <source>Pictures and data</source>
        <translation>Снимки и данные</translation>
    </message>
    <message>
        <source>What is kept, and for how long</source>
        <translation>Что хранить и как долго</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>Офис</translation>
    </message>
    <message>
        <source>Name, person responsible, time zone</source>
        <translation>Название, ответственный, часовой пояс</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Система</translation>
    </message>
    <message>
        <source>Backups, log and API</source>
        <translation>Копии, журнал и API</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Поворот</translation>
    </message>
    <message>
        <source>Turns the picture clockwise, for a camera that hangs sideways.</source>
        <translation>Поворачивает картинку по часовой стрелке, если камера висит боком.</translation>
    </message>
    <message>
        <source>Mirrored camera</source>
        <translation>Зеркальная камера</translation>
    </message>
    <message>
        <source>Swaps left and right, for a camera that mirrors its picture by itself.</source>
        <translation>Меняет местами лево и право, если камера сама отражает картинку.</translation>
    </message>
    <message>
        <source>Exposure, in milliseconds</source>
        <translation>Выдержка, в миллисекундах</translation>
    </message>
    <message>
        <source>How long each picture is exposed; leave it empty for automatic.</source>
        <translation>Сколько длится каждый кадр; пусто — автоматически.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Of the entrance screen and of timesheets.</source>
        <translation>Экрана у входа и табелей.</translation>
    </message>
    <message>
        <source>Name in the greeting</source>
        <translation>Имя в приветствии</translation>
    </message>
    <message>
        <source>What others at the entrance can read of somebody&apos;s name.</source>
        <translation>Что из имени могут прочитать другие у входа.</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Меньше движения</translation>
    </message>
    <message>
        <source>Nothing slides or closes in on the screens.</source>
        <translation>На экранах ничего не выезжает и не смыкается.</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Яркость</translation>
    </message>
    <message>
        <source>Light, dark, or dark in the evening and at night.</source>
        <translation>Светлый экран, тёмный или тёмный только вечером и ночью.</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Высокий контраст</translation>
    </message>
    <message>
        <source>Stronger colours and lines, for eyes that see little.</source>
        <translation>Более сильные цвета и линии — для тех, кто плохо видит.</translation>
    </message>
    <message>
        <source>Large type</source>
        <translation>Крупный шрифт</translation>
    </message>
    <message>
        <source>Texts are larger by a quarter where people read.</source>
        <translation>Тексты крупнее на четверть там, где их читают.</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Звуки</translation>
    </message>
    <message>
        <source>A short sound for entry, exit and refusal.</source>
        <translation>Короткий звук при входе, выходе и отказе.</translation>
    </message>
    <message>
        <source>What is recorded</source>
        <translation>Что записывать</translation>
    </message>
    <message>
        <source>Entries and exits in turn, or one of them alone at a door for one direction.</source>
        <translation>Входы и выходы по очереди или что-то одно, если через дверь проходят в одну сторону.</translation>
    </message>
    <message>
        <source>The day begins at</source>
        <translation>День начинается в</translation>
    </message>
    <message>
        <source>Where people work past midnight, a later hour keeps a shift on one day.</source>
        <translation>Если работают за полночь, более поздний час оставит смену в одном дне.</translation>
    </message>
    <message>
        <source>Pause after an event, in seconds</source>
        <translation>Пауза после события, в секундах</translation>
    </message>
    <message>
        <source>Whoever is seen again within this time is not registered once more.</source>
        <translation>Кого камера видит снова за это время, того повторно не записывают.</translation>
    </message>
    <message>
        <source>Longest stay, in hours</source>
        <translation>Самое долгое пребывание, в часах</translation>
    </message>
    <message>
        <source>After that an exit counts as forgotten, unless a schedule says otherwise.</source>
        <translation>Потом выход считается забытым, если график не говорит иного.</translation>
    </message>
    <message>
        <source>Forgotten exits</source>
        <translation>Забытые выходы</translation>
    </message>
    <message>
        <source>Stay open until somebody answers, or are set to the end of the shift at night.</source>
        <translation>Остаются открытыми до ответа или ночью ставятся на конец смены.</translation>
    </message>
    <message>
        <source>How strict</source>
        <translation>Строгость</translation>
    </message>
    <message>
        <source>Of so many strangers one may be taken for an employee. Stricter means more second looks.</source>
        <translation>Из стольких посторонних одного могут принять за сотрудника. Чем строже, тем чаще просят взглянуть ещё раз.</translation>
    </message>
    <message>
        <source>Learn from this door</source>
        <translation>Учиться у этого входа</translation>
    </message>
    <message>
        <source>The door measures how much alike people look before its camera, and becomes stricter by it.</source>
        <translation>Киоск измеряет, насколько люди похожи перед этой камерой, и становится настолько же строже.</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Снимки</translation>
    </message>
    <message>
        <source>A small picture is kept with each entry and exit.</source>
        <translation>С каждым входом и выходом хранится маленький снимок.</translation>
    </message>
    <message>
        <source>Snapshots of strangers</source>
        <translation>Снимки посторонних</translation>
    </message>
    <message>
        <source>Also of visitors whom the kiosk does not know.</source>
        <translation>Ещё и посетителей, которых киоск не знает.</translation>
    </message>
    <message>
        <source>Keep snapshots, in days</source>
        <translation>Хранить снимки, дней</translation>
    </message>
    <message>
        <source>Older ones are deleted at night; seven days at most.</source>
        <translation>Более старые удаляются ночью; не больше семи дней.</translation>
    </message>
    <message>
        <source>Keep reasons, in days</source>
        <translation>Хранить объяснения, дней</translation>
    </message>
    <message>
        <source>For so long the journal can say why somebody was recognised; 0 for not at all.</source>
        <translation>Столько дней журнал может объяснить, почему кого-то узнали; 0 — нисколько.</translation>
    </message>
    <message>
        <source>Portraits</source>
        <translation>Портреты</translation>
    </message>
    <message>
        <source>A small picture of each enrolled person is kept from now on.</source>
        <translation>Отныне хранится маленький портрет каждого, кого регистрируют.</translation>
    </message>
    <message>
        <source>Faces of former employees, in days</source>
        <translation>Лица бывших сотрудников, дней</translation>
    </message>
    <message>
        <source>After so many days the face of somebody who has left is deleted.</source>
        <translation>Через столько дней лицо уволенного удаляется.</translation>
    </message>
    <message>
        <source>Who is in, without a password</source>
        <translation>Кто внутри — без пароля</translation>
    </message>
    <message>
        <source>When anybody may read the list of who is in the building.</source>
        <translation>Когда любой может прочитать, кто сейчас в здании.</translation>
    </message>
    <message>
        <source>Name on the screen</source>
        <translation>Название на экране</translation>
    </message>
    <message>
        <source>Stands at the top of the entrance screen.</source>
        <translation>Стоит вверху экрана у входа.</translation>
    </message>
    <message>
        <source>Responsible for data</source>
        <translation>Ответственный за данные</translation>
    </message>
    <message>
        <source>Named in the notice below the camera&apos;s picture; empty for the office&apos;s name.</source>
        <translation>Назван в подписи под картинкой камеры; пусто — название офиса.</translation>
    </message>
    <message>
        <source>Name on timesheets</source>
        <translation>Название в табелях</translation>
    </message>
    <message>
        <source>As it is registered.</source>
        <translation>Как в документах.</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>Clocks, days and timesheets follow it.</source>
        <translation>По нему идут часы, дни и табели.</translation>
    </message>
    <message>
        <source>Backups to keep</source>
        <translation>Сколько копий хранить</translation>
    </message>
    <message>
        <source>Older ones are deleted after the nightly backup.</source>
        <translation>Более старые удаляются после ночного копирования.</translation>
    </message>
    <message>
        <source>Nightly work at</source>
        <translation>Ночная работа в</translation>
    </message>
    <message>
        <source>Backup, and deleting what has expired.</source>
        <translation>Резервная копия и удаление того, чей срок вышел.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Журнал системы</translation>
    </message>
    <message>
        <source>How much the kiosk writes into the system&apos;s log.</source>
        <translation>Как подробно киоск пишет в журнал системы.</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>Запросов в минуту</translation>
    </message>
    <message>
        <source>So many may one token send to the API.</source>
        <translation>Столько может послать в API один токен.</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Вкл.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Выкл.</translation>
    </message>
    <message>
        <source>As called</source>
        <translation>Как зовут</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Полное</translation>
    </message>
    <message>
        <source>Initials</source>
        <translation>Инициалы</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Без имени</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлый</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмный</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Сам</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>По очереди</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Входы</translation>
    </message>
    <message>
        <source>Exits</source>
        <translation>Выходы</translation>
    </message>
    <message>
        <source>Stay open</source>
        <translation>Оставлять</translation>
    </message>
    <message>
        <source>End of shift</source>
        <translation>Конец смены</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <source>Database away</source>
        <translation>Без базы</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Всегда</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Всё</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Обычно</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Важное</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <source>Takes effect tonight.</source>
        <translation>Действует с ближайшей ночи.</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Действует со следующего запуска.</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>не задано</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>пусто</translation>
    </message>
    <message>
        <source>1 in {count}</source>
        <translation>1 из {count}</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Access for other systems</source>
        <translation>Доступ для других систем</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Изменения</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>This cannot be saved: the disk takes nothing. Make room and try again.</source>
        <translation>Сохранить не удалось: на диске нет места. Освободите место и попробуйте снова.</translation>
    </message>
    <message>
        <source>Step {place} of {all}</source>
        <translation>Шаг {place} из {all}</translation>
    </message>
    <message>
        <source>To the entrance</source>
        <translation>К экрану входа</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
</context>
<context>
    <name>SnapshotPanel</name>
    <message>
        <source>Picture of this moment</source>
        <translation>Снимок этого момента</translation>
    </message>
</context>
<context>
    <name>StaffScreen</name>
    <message>
        <source>Name, department or number</source>
        <translation>Имя, отдел или номер</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Employees</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Все сотрудники</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>The database does not answer. Try again.</source>
        <translation>База данных не отвечает. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Nobody matches.</source>
        <translation>Никого не нашлось.</translation>
    </message>
</context>
<context>
    <name>StartingScreen</name>
    <message>
        <source>One moment — recognition is starting</source>
        <translation>Минуту… Включается распознавание</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Starting the camera</source>
        <translation>Камера включается</translation>
    </message>
    <message>
        <source>The camera shows nothing at the moment</source>
        <translation>Камера сейчас ничего не показывает</translation>
    </message>
    <message>
        <source>Entries and exits are kept safely on this device</source>
        <translation>Отметки надёжно сохраняются на этом устройстве</translation>
    </message>
    <message>
        <source>Nobody can be registered now. Please tell the administrator.</source>
        <translation>Сейчас отметиться нельзя. Сообщите администратору.</translation>
    </message>
    <message>
        <source>Please tell the administrator.</source>
        <translation>Сообщите администратору.</translation>
    </message>
</context>
<context>
    <name>SwitchScreen</name>
    <message>
        <source>Change to another network</source>
        <translation>Переход на другую сеть</translation>
    </message>
    <message>
        <source>People without pictures of the new network</source>
        <translation>Люди без шаблонов новой сети</translation>
    </message>
    <message>
        <source>Everybody has pictures of the new network.</source>
        <translation>Шаблоны новой сети есть у всех.</translation>
    </message>
    <message>
        <source>{new} decides. The way back to {old} is open until {day}; a technician can go it.</source>
        <translation>Решает сеть {new}. Вернуться к {old} можно до {day}; это делает техник.</translation>
    </message>
    <message>
        <source>People are recognised by {old} as before. Enroll the people below once more for {new}.</source>
        <translation>Людей по-прежнему узнаёт сеть {old}. Зарегистрируйте этих людей ещё раз для {new}.</translation>
    </message>
    <message>
        <source>People are recognised by {old} as before. Whoever is recognised with certainty on {days} days gets pictures of {new} without being asked; the others are enrolled once more.</source>
        <translation>Людей по-прежнему узнаёт сеть {old}. Кто уверенно узнан в {days} разных дня, получает шаблоны {new} сам; остальных зарегистрируйте ещё раз.</translation>
    </message>
    <message>
        <source>Enroll the face once more</source>
        <translation>Зарегистрируйте лицо ещё раз</translation>
    </message>
    <message>
        <source>The visits do not agree; enroll the face once more</source>
        <translation>Приходы не согласуются между собой; зарегистрируйте лицо ещё раз</translation>
    </message>
    <message numerus="yes">
        <source>%n more day(s), or enroll the face once more</source>
        <translation>
            <numerusform>Ещё %n день, или зарегистрируйте лицо ещё раз</numerusform>
            <numerusform>Ещё %n дня, или зарегистрируйте лицо ещё раз</numerusform>
            <numerusform>Ещё %n дней, или зарегистрируйте лицо ещё раз</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextControl</name>
    <message>
        <source>Apply</source>
        <translation>Применить</translation>
    </message>
</context>
<context>
    <name>TimePanel</name>
    <message>
        <source>Type the time with four digits, such as 1805.</source>
        <translation>Введите время четырьмя цифрами, например 1805.</translation>
    </message>
    <message>
        <source>There was no such time that day: the clocks were put forward.</source>
        <translation>Такого времени в тот день не было: часы перевели вперёд.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>Предыдущий день</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>Следующий день</translation>
    </message>
    <message>
        <source>−5 min</source>
        <translation>−5 мин</translation>
    </message>
    <message>
        <source>+5 min</source>
        <translation>+5 мин</translation>
    </message>
</context>
<context>
    <name>TimesheetScreen</name>
    <message>
        <source>Timesheets</source>
        <translation>Табели</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Форма</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Прошлый месяц</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Этот месяц</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>Таблица</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>T-13, spreadsheet</source>
        <translation>Т-13, таблица</translation>
    </message>
    <message>
        <source>T-13, PDF</source>
        <translation>Т-13, PDF</translation>
    </message>
    <message>
        <source>Save the timesheet</source>
        <translation>Сохранить табель</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Сохранено: {path}.</translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: there is no room, or the database does not answer.</source>
        <translation>В {folder} ничего не сохранено: нет места, или база данных не отвечает.</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Close a month</source>
        <translation>Закрыть месяц</translation>
    </message>
    <message>
        <source>Hours of {name}</source>
        <translation>Часы: {name}</translation>
    </message>
</context>
<context>
    <name>TokensScreen</name>
    <message>
        <source>Access for other systems</source>
        <translation>Доступ для других систем</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Новый токен</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Токены</translation>
    </message>
    <message>
        <source>No other system has access yet.</source>
        <translation>Доступа пока нет ни у одной системы.</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>No longer valid</source>
        <translation>Не действует</translation>
    </message>
    <message>
        <source>made {day}</source>
        <translation>создан {day}</translation>
    </message>
    <message>
        <source>The system that uses it has no access any more from then on.</source>
        <translation>Система, которая им пользуется, сразу потеряет доступ.</translation>
    </message>
    <message>
        <source>Revoke the token {name}?</source>
        <translation>Отозвать токен {name}?</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Отозвать</translation>
    </message>
    <message>
        <source>The database does not answer; try again soon.</source>
        <translation>База данных не отвечает; попробуйте чуть позже.</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Чтение</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменение</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Лица</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>VoidScreen</name>
    <message>
        <source>The event of {name} does not count any more; it stays in the list, marked.</source>
        <translation>{name}: отметка больше не учитывается; она остаётся в списке с пометкой.</translation>
    </message>
    <message>
        <source>Do not count this event?</source>
        <translation>Не учитывать отметку?</translation>
    </message>
    <message>
        <source>Do not count it</source>
        <translation>Не учитывать</translation>
    </message>
</context>
<context>
    <name>WhoStep</name>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>This was typed before the screen closed.</source>
        <translation>Это было введено до того, как экран закрылся.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Начать заново</translation>
    </message>
</context>
<context>
    <name>ZoneScreen</name>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>Use this time zone</source>
        <translation>Выбрать этот пояс</translation>
    </message>
</context>
<context>
    <name>ZoneStep</name>
    <message>
        <source>What time is it here?</source>
        <translation>Который здесь час?</translation>
    </message>
    <message>
        <source>If this is not the time on your watch, choose the nearest city.</source>
        <translation>Если на ваших часах другое время, выберите ближайший город.</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Город</translation>
    </message>
    <message>
        <source>Time zones</source>
        <translation>Часовые пояса</translation>
    </message>
    <message>
        <source>This city is not in the list. Type a large one nearby that keeps the same time, or the country.</source>
        <translation>Такого города в списке нет. Введите ближайший крупный город, где то же время, или страну.</translation>
    </message>
    <message>
        <source>Search: a city or a country</source>
        <translation>Поиск: город или страна</translation>
    </message>
</context>
</TS>
