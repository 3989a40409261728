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
    "pin": "The person typed the sign-in number and the PIN; no face was compared.",
    "manual": "The event was added by hand; no face was compared.",
    "instead": "The event replaces a wrong one, see below.",
    "api": "Another system registered the event; no face was compared.",
    "automatic": "Nobody registered this exit, so it was set to the planned end of the shift; no face was compared. If "
    "the person left at another time, correct it.",
    "not_kept": "The face was compared; how it was decided is not kept any more. For how many days it is, the "
    "technician sets (KIOSK_DECISION_RECORD_DAYS).",
    "known": "The person was clearly recognised by the face.",
    "known_narrowly": "The person was recognised by the face, but only just. If you doubt the name, ask the person, "
    "and correct the event if it is wrong.",
    "unknown": "The face was not recognised, so nobody was named.",
    "rejected": "The person had pressed “That's not me” at the name shown before, and that name was not offered again.",
    "empty_gallery": "This door had no stored faces to compare with. If people have been enrolled, tell the "
    "technician.",
    "below_threshold": "The face was not enough like that of any employee.",
    "perhaps": "Perhaps it was {first}, but the likeness was too small to be sure: ask them.",
    "look_alike": "It may be {first} or {second}: their stored pictures are as much like each other as this face was "
    "like them. Ask, and correct the event by saying who it was; twins should use a PIN. If both are one person who "
    "was enrolled twice, the check of the faces tells (kiosk gallery check).",
    "small_margin": "The face was about as much like {first} as like {second}, so it may have been either.",
    "samples_disagree": "From picture to picture the face looked now more like one employee, now more like another.",
    "poor_pictures": "The camera had only poor pictures of the face, which may be the reason; more light, or coming "
    "closer, gives better ones.",
    "closest": "The face looked most like {first}: {similarity} of 1 against all stored pictures of them together; at "
    "least {threshold} was needed.",
    "needed": "What is needed depends on how many people are enrolled ({people}), and is more for a face that "
    "resembles many; so about one stranger in {strangers} is taken for an employee by mistake.",
    "second": "Second most alike was {second} with {similarity}; {least} less than the first is enough to tell two "
    "people apart.",
    "second_close": "Second most alike was {second} with {similarity}, only {lead} less; at least {least} is needed to "
    "tell two people apart.",
    "template": "Of the stored pictures of {first}, {which} was the most like it ({similarity}).",
    "template_of": "the one of {day} (picture no. {id})",
    "template_gone": "one that has been deleted since (picture no. {id})",
    "template_unnumbered": "one",
    "only_template": "It is the only picture of {first}; two or three more make it surer.",
    "enough_without": "Without it, it would be {without}: still enough.",
    "not_enough_without": "Without it, it would be {without}, and the person would not have been recognised. If the "
    "name is wrong, correct the event first; then enroll {first} again.",
    "without": "Without it, it would be {without}.",
    "samples_one": "1 camera picture was used; its quality was {best} of 1, and less than {poor} is poor.",
    "samples": "{count} camera pictures were used; the best one's quality was {best} of 1, and less than {poor} is "
    "poor.",
    "poor": "More light, or coming closer, gives better ones.",
    "refused": "Other pictures, which could not be used: {count}, because {reasons}.",
    "advice": "Seen on the pictures: {reasons}.",
    "faces": "{count} faces were in front of the camera at once; each was compared on its own, and has its own event.",
    "stranger_help": "If it was an employee after all: correct the event by saying who it was, and enroll two or three "
    "more pictures of them, taken at this door.",
    "technical": "For technicians: network {network}; of pairs of two different people, one in {pairs} is as alike as "
    "was needed.",
    "not_watched": "Whether a living person or a photograph was in front of the camera was not watched.",
    "live": "The head moved before a background that stayed, as that of a living person (watched for {seen} s).",
    "doubtful": "Whether a living person or a photograph was in front of the camera could not be told yet: watched for "
    "{seen} s until then, which is mostly too short.",
    "moves_with_surround": "The face moved together with what is around it, as a picture does that is held up (watched "
    "for {seen} s). Nobody is refused for that: look at the snapshot, and ask.",
    "unchanged": "The face did not change at all in {seen} s, as a picture on a stand or a wall. Nobody is refused for "
    "that: look at the snapshot, and ask.",
    "co_motion": "For technicians: in {motions} motions {share} % of the corners beside the head moved with it; in a "
    "picture {limit} % or more.",
    "made_void": "{at}, {author}: the event was cancelled: “{reason}”.",
    "made_add": "{at}, {author}: the event was added: “{reason}”.",
    "made_undo": "{at}, {author}: the correction before this one was undone, and the event is again as it was before: "
    "“{reason}”.",
    "made_instead": "{at}, {author}: the event was corrected: “{reason}”. Registered at first: {who} {did}, {was} "
    "(trace id {trace_id}).",
    "by_admin": "administrator",
    "by_kiosk": "at the door {name}",
    "by_cli": "{name}, at the computer",
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
    "face_covered": "perhaps something over the face, such as a mask",
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
    "instead": "Записано вместо ошибочного события, см. ниже.",
    "api": "Событие передала другая система; лицо не сравнивалось.",
    "automatic": "Этот уход никто не отметил, поэтому записано время конца смены; лицо не сравнивалось. Если человек "
    "ушёл в другое время, исправьте событие.",
    "not_kept": "Лицо сравнивалось; подробности решения уже не хранятся. Сколько дней они хранятся, задаёт техник "
    "(KIOSK_DECISION_RECORD_DAYS).",
    "known": "Человек уверенно узнан по лицу.",
    "known_narrowly": "Человек узнан по лицу, но еле-еле. Если имя вызывает сомнение, спросите человека и, если оно "
    "неверно, исправьте событие.",
    "unknown": "Лицо не узнано, имя не названо.",
    "rejected": "Человек нажал «Это не я», когда было показано имя, и это имя больше не предлагалось.",
    "empty_gallery": "У этой двери не было ни одного сохранённого лица, сравнивать было не с чем. Если сотрудники уже "
    "зарегистрированы, сообщите технику.",
    "below_threshold": "Лицо ни на одного сотрудника не похоже в достаточной мере.",
    "perhaps": "Возможно, это {first}, но сходства не хватило, чтобы сказать уверенно: спросите.",
    "look_alike": "Это может быть {first} или {second}: их сохранённые снимки похожи между собой не меньше, чем это "
    "лицо на них. Спросите и исправьте событие, указав, кто это был; близнецам лучше отмечаться по ПИН-коду. Если это "
    "один человек, зарегистрированный дважды, это покажет проверка лиц (kiosk gallery check).",
    "small_margin": "Лицо почти одинаково похоже на двоих: {first} и {second}; это мог быть любой из них.",
    "samples_disagree": "От кадра к кадру лицо больше походило то на одного сотрудника, то на другого.",
    "poor_pictures": "У камеры были только плохие снимки лица; возможно, дело в этом. Добавьте света или подойдите "
    "ближе.",
    "closest": "Наибольшее сходство: {first}, {similarity} из 1 со всеми сохранёнными снимками вместе; нужно было не "
    "меньше {threshold}.",
    "needed": "Сколько нужно, зависит от числа зарегистрированных ({people}), а для лица, похожего на многих, это "
    "больше; так одного из {strangers} посторонних киоск по ошибке примет за сотрудника.",
    "second": "На втором месте: {second}, {similarity}; чтобы различить двух людей, достаточно разницы {least}.",
    "second_close": "На втором месте: {second}, {similarity}, разница всего {lead}; чтобы различить двух людей, "
    "нужна разница не меньше {least}.",
    "template": "Из сохранённых снимков, {first}, больше всего подошёл {which}, сходство {similarity}.",
    "template_of": "снимок от {day} (№ {id})",
    "template_gone": "снимок, который с тех пор удалён (№ {id})",
    "template_unnumbered": "один из них",
    "only_template": "Других снимков нет ({first}); ещё два-три снимка сделают узнавание надёжнее.",
    "enough_without": "Без него было бы {without}: этого тоже достаточно.",
    "not_enough_without": "Без него было бы {without}, и киоск не узнал бы человека. Если имя неверно, сначала "
    "исправьте событие, затем зарегистрируйте лицо заново: {first}.",
    "without": "Без него было бы {without}.",
    "samples_one": "Использован 1 кадр; его качество {best} из 1, меньше {poor} — плохое.",
    "samples": "Использовано кадров: {count}; качество лучшего {best} из 1, меньше {poor} — плохое.",
    "poor": "Добавьте света или подойдите ближе.",
    "refused": "Других кадров, которые не подошли: {count}; причины: {reasons}.",
    "advice": "На кадрах видно: {reasons}.",
    "faces": "Перед камерой одновременно было лиц: {count}; каждое сравнивалось отдельно, у каждого своё событие.",
    "stranger_help": "Если это всё же был сотрудник: исправьте событие, указав, кто это был, и добавьте ему ещё "
    "два-три снимка, сделанных у этой двери.",
    "technical": "Для техника: нейросеть {network}; из пар разных людей так похожа одна из {pairs}.",
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
    "made_undo": "{at}, {author}: предыдущее исправление снято, событие снова такое, как до него: «{reason}».",
    "made_instead": "{at}, {author}: событие исправлено: «{reason}». Сначала было отмечено: {did}, {who}, {was} "
    "(trace id {trace_id}).",
    "by_admin": "администратор",
    "by_kiosk": "у двери {name}",
    "by_cli": "{name}, с компьютера",
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
    "face_covered": "возможно, что-то на лице, например маска",
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
