"""The sentences that explain an event, for people who know nothing of biometrics, in the office's languages."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.domain.office_language import OfficeLanguage

ENGLISH: Mapping[str, str] = {
    "event": "{at}, door {door}: {who} {did}{void}.",
    "entry": "came in",
    "exit": "left",
    "visitor": "an unknown visitor",
    "employee": "employee no. {number}",
    "named": "{name} (no. {number})",
    "void": "; this event does not count any more, see below",
    "pin": "The person typed their PIN number and their PIN; no face was compared.",
    "manual": "The event was added by hand; no face was compared.",
    "instead": "The event stands for one that was corrected, see below.",
    "api": "Another system registered the event; no face was compared.",
    "automatic": "Nobody registered this exit, so it was set to the planned end of the shift; no face was compared. If "
    "the person left at another time, correct it.",
    "not_kept": "The face was compared, but the figures are not kept any more, or never were: "
    "KIOSK_DECISION_RECORD_DAYS says for how many days.",
    "known": "The person was recognised by the face.",
    "unknown": "The face was not recognised, so nobody was named.",
    "rejected": "The person had pressed “That's not me” at the name shown before, and that name was left out.",
    "empty_gallery": "No face was enrolled yet, so there was nobody to compare with.",
    "below_threshold": "The face was not enough like that of any employee.",
    "look_alike": "Another employee's enrolled pictures are as much like {first}'s as this face was, so it may have "
    "been either of the two. Perhaps one person was enrolled twice: the check of the faces (kiosk gallery check) "
    "tells.",
    "small_margin": "The face was about as much like one employee as like another, so it may have been either.",
    "samples_disagree": "The latest camera pictures did not all show the same person.",
    "closest": "Most like it was {first}: similarity {similarity} to their enrolled pictures together; at least "
    "{threshold} was needed. (Pictures of one person from different days mostly have more than 0.5, pictures of two "
    "people less than 0.4; 1 is the very same picture.)",
    "needed": "With {people} people enrolled, the limit of {threshold} lets about one stranger in {strangers} pass for "
    "an employee.",
    "second": "Next came {second} with {similarity}. The lead over them was {lead}; {least} is enough.",
    "second_close": "Next came {second} with {similarity}. The lead over them was only {lead}; at least {least} is "
    "needed to tell two people apart.",
    "template": "Of the enrolled pictures of {first}, {which} was the most like it ({similarity}).",
    "template_of": "the one of {day} (template {id})",
    "template_gone": "one that has been deleted since (template {id})",
    "template_unnumbered": "one",
    "only_template": "There is no other picture of {first}; two or three more make it surer.",
    "enough_without": "Without it the similarity would be {without}, which is still enough.",
    "not_enough_without": "Without it the similarity would be {without}, too little: this one picture decided. If the "
    "name is wrong, enroll {first} again.",
    "without": "Without it the similarity would be {without}.",
    "samples_one": "1 camera picture was compared; its quality was {best}, where 1 is the best and less than {poor} is "
    "poor.",
    "samples": "{count} camera pictures were compared; the quality of the best was {best}, where 1 is the best and "
    "less than {poor} is poor.",
    "poor": "All of them were poor; more light, or coming closer, gives better ones.",
    "refused": "Pictures that could not be used: {count}, because {reasons}.",
    "advice": "Seen on the pictures: {reasons}.",
    "faces": "{count} faces were before the camera at once; each was compared on its own.",
    "stranger_help": "If it was an employee after all: correct the event by saying who it was, and enroll two or three "
    "more pictures of them, taken at this door.",
    "technical": "For technicians: network {network}; pairs of different people that are as alike as the limit: one in "
    "{pairs}.",
    "not_watched": "Whether a living person or a photograph was before the camera was not watched.",
    "live": "The head moved before a background that stayed, as that of a living person (watched for {seen} s).",
    "doubtful": "Whether a living person or a photograph was before the camera could not be told yet: watched for "
    "{seen} s until then, which is mostly too short.",
    "moves_with_surround": "The face moved together with what is around it, as a picture does that is held up (watched "
    "for {seen} s). Nobody is refused for that: look at the snapshot, and ask.",
    "unchanged": "The face did not change at all in {seen} s, as a picture on a stand or a wall. Nobody is refused for "
    "that: look at the snapshot, and ask.",
    "co_motion": "For technicians: in {motions} motions {share} % of the corners beside the head moved with it; in a "
    "picture {limit} % or more.",
    "made_void": "{at}, {author}: the event was cancelled: “{reason}”.",
    "made_add": "{at}, {author}: the event was added: “{reason}”.",
    "made_undo": "{at}, {author}: the correction before this one was undone: “{reason}”.",
    "made_instead": "{at}, {author}: the event was corrected: “{reason}”. Registered at first: {who} {did}, {was} "
    "(trace id {trace_id}).",
    "by_admin": "administrator",
    "by_kiosk": "at the door {name}",
    "by_cli": "{name}, on the command line",
    "by_token": "{name}, another system",
    "by_automatic": "automatically",
    "trace_id": "Trace id: {trace_id}",
    "uncertain_face": "it was not certain that it is a face",
    "cut_off": "the face was partly outside of the picture",
    "too_small": "the face was too far away",
    "turned_away": "the head was turned away",
    "too_dark": "the face was too dark",
    "too_bright": "the face was too bright",
    "low_contrast": "the face hardly stood out, as before a bright window",
    "too_blurred": "the face was blurred",
    "eyes_covered": "something over the eyes, such as sunglasses",
    "face_covered": "perhaps something over the face, such as a mask (often seen by mistake)",
    "head_turned": "a head turned away",
    "and": " and ",
}
RUSSIAN: Mapping[str, str] = {
    "event": "{at}, дверь {door}: {did}, {who}{void}.",
    "entry": "приход",
    "exit": "уход",
    "visitor": "неизвестный посетитель",
    "employee": "сотрудник № {number}",
    "named": "{name} (№ {number})",
    "void": "; это событие больше не учитывается, см. ниже",
    "pin": "Человек набрал номер для входа и ПИН-код; лицо не сравнивалось.",
    "manual": "Событие добавлено вручную; лицо не сравнивалось.",
    "instead": "Это событие заменяет исправленное, см. ниже.",
    "api": "Событие передала другая система; лицо не сравнивалось.",
    "automatic": "Этот уход никто не отметил, поэтому он поставлен на плановый конец смены; лицо не сравнивалось. Если "
    "человек ушёл в другое время, исправьте событие.",
    "not_kept": "Лицо сравнивалось, но числа уже удалены или не сохранялись: сколько дней они хранятся, задаёт "
    "KIOSK_DECISION_RECORD_DAYS.",
    "known": "Человек узнан по лицу.",
    "unknown": "Лицо не узнано, имя не названо.",
    "rejected": "Человек нажал «Это не я», когда было показано имя; это имя больше не рассматривалось.",
    "empty_gallery": "Ни одно лицо ещё не зарегистрировано, сравнивать было не с кем.",
    "below_threshold": "Лицо недостаточно похоже на кого-либо из сотрудников.",
    "look_alike": "Снимки другого сотрудника похожи на снимки сотрудника {first} так же, как это лицо, поэтому это мог "
    "быть любой из двоих. Возможно, один человек зарегистрирован дважды: это покажет проверка лиц (kiosk gallery "
    "check).",
    "small_margin": "Лицо почти одинаково похоже на двух сотрудников, поэтому это мог быть любой из них.",
    "samples_disagree": "Последние кадры указывали не на одного и того же человека.",
    "closest": "Больше всего похож: {first}, сходство с его снимками вместе {similarity}; нужно было не меньше "
    "{threshold}. (У снимков одного человека, сделанных в разные дни, сходство обычно больше 0,5, у снимков двух "
    "разных людей — меньше 0,4; 1 — это один и тот же снимок.)",
    "needed": "Зарегистрированных людей: {people}; при пороге {threshold} за сотрудника принимают примерно одного "
    "постороннего из {strangers}.",
    "second": "Следующий по сходству: {second}, {similarity}. Отрыв от него {lead}; достаточно {least}.",
    "second_close": "Следующий по сходству: {second}, {similarity}. Отрыв от него всего {lead}; чтобы различить двух "
    "людей, нужно не меньше {least}.",
    "template": "Из зарегистрированных снимков сотрудника {first} больше всего подошёл {which}, сходство {similarity}.",
    "template_of": "снимок от {day} (шаблон {id})",
    "template_gone": "снимок, который с тех пор удалён (шаблон {id})",
    "template_unnumbered": "один из них",
    "only_template": "Других снимков у сотрудника {first} нет; ещё два-три снимка сделают узнавание надёжнее.",
    "enough_without": "Без него сходство было бы {without}: этого тоже достаточно.",
    "not_enough_without": "Без него сходство было бы {without}, этого мало: решил один этот снимок. Если имя неверно, "
    "зарегистрируйте лицо сотрудника {first} заново.",
    "without": "Без него сходство было бы {without}.",
    "samples_one": "Сравнён 1 кадр; его качество {best}, где 1 — лучшее, а меньше {poor} — плохое.",
    "samples": "Сравнено кадров: {count}; качество лучшего {best}, где 1 — лучшее, а меньше {poor} — плохое.",
    "poor": "Все кадры плохие; помогут свет или если подойти ближе.",
    "refused": "Кадры, которые не подошли: {count}; причины: {reasons}.",
    "advice": "На кадрах замечено: {reasons}.",
    "faces": "Перед камерой одновременно было лиц: {count}; каждое сравнивалось отдельно.",
    "stranger_help": "Если это всё же был сотрудник: исправьте событие, указав, кто это был, и добавьте ему ещё "
    "два-три снимка, сделанных у этой двери.",
    "technical": "Для техника: сеть {network}; пары разных людей, сходство которых достигает порога: одна из {pairs}.",
    "not_watched": "За тем, живой ли человек перед камерой или фотография, киоск не следил.",
    "live": "Голова двигалась на неподвижном фоне, как у живого человека (за {seen} с наблюдения).",
    "doubtful": "Живой ли человек был перед камерой или фотография, сказать ещё нельзя: до этого прошло {seen} с, чаще "
    "всего этого слишком мало.",
    "moves_with_surround": "Лицо двигалось вместе со всем, что вокруг него, как снимок, который держат перед камерой "
    "(за {seen} с наблюдения). Никому из-за этого не отказывают: посмотрите снимок события и спросите.",
    "unchanged": "Лицо совсем не менялось {seen} с, как снимок на подставке или на стене. Никому из-за этого не "
    "отказывают: посмотрите снимок события и спросите.",
    "co_motion": "Для техника: движений {motions}; вместе с головой двигалось {share} % точек рядом с ней; у снимка "
    "не меньше {limit} %.",
    "made_void": "{at}, {author}: событие отменено: «{reason}».",
    "made_add": "{at}, {author}: событие добавлено: «{reason}».",
    "made_undo": "{at}, {author}: предыдущее исправление отменено: «{reason}».",
    "made_instead": "{at}, {author}: событие исправлено: «{reason}». Сначала было отмечено: {did}, {who}, {was} "
    "(trace id {trace_id}).",
    "by_admin": "администратор",
    "by_kiosk": "у двери {name}",
    "by_cli": "{name}, командой",
    "by_token": "{name}, другая система",
    "by_automatic": "автоматически",
    "trace_id": "Номер события (trace id): {trace_id}",
    "uncertain_face": "неясно, лицо ли это",
    "cut_off": "лицо не целиком в кадре",
    "too_small": "лицо слишком далеко",
    "turned_away": "голова повёрнута в сторону",
    "too_dark": "лицо слишком тёмное",
    "too_bright": "лицо слишком светлое",
    "low_contrast": "лицо почти не выделяется, как на фоне яркого окна",
    "too_blurred": "лицо смазано",
    "eyes_covered": "что-то на глазах, например тёмные очки",
    "face_covered": "возможно, что-то на лице, например маска (часто замечается по ошибке)",
    "head_turned": "голова повёрнута в сторону",
    "and": ", ",
}
# What the kiosk itself gives as the reason of a correction.
OWN_REASONS: Mapping[str, str] = {
    "not me": "Это не я",
    "entry and exit exchanged": "приход и уход перепутаны",
    "nobody registered the exit; set to the end of the shift": "уход никто не отметил; поставлен на конец смены",
    "the exit that was registered counts": "учитывается уход, который был отмечен",
}
_TEXTS = {OfficeLanguage.ENGLISH: ENGLISH, OfficeLanguage.RUSSIAN: RUSSIAN}


def sentence(key: str, language: OfficeLanguage, **values: object) -> str:
    """Return a text with its values filled in; a code that has none yet in words of its own."""
    text = _TEXTS[language].get(key)
    return f"{key.replace('_', ' ').capitalize()}." if text is None else text.format(**values)


def correction_reason(reason: str, language: OfficeLanguage) -> str:
    """Return why somebody corrected, as they typed it; what the kiosk itself gives is translated."""
    return OWN_REASONS.get(reason, reason) if language is OfficeLanguage.RUSSIAN else reason


def decimal(value: float, language: OfficeLanguage, places: int = 2) -> str:
    """Return a number as the language writes it, such as 0.71."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language is OfficeLanguage.RUSSIAN else text


def apart(first: float, second: float, language: OfficeLanguage) -> tuple[str, str]:
    """Return two numbers with as many places as it takes to see that they differ, four at the most."""
    places = next((n for n in (2, 3) if first == second or f"{first:.{n}f}" != f"{second:.{n}f}"), 4)
    return decimal(first, language, places), decimal(second, language, places)


def one_in(rate: float, language: OfficeLanguage) -> str:
    """Return the N of "one in N", to two digits, such as 2,100."""
    count = f"{max(1, round(float(f'{1 / max(rate, 1e-12):.2g}'))):,}"
    return count.replace(",", "\N{NO-BREAK SPACE}") if language is OfficeLanguage.RUSSIAN else count
