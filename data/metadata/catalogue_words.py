"""Texts of the catalogue that all editions share, in both languages."""

from data.models import Words

RIGHTS = Words(
    "The licence covers the compilation: selection, arrangement, wording, translations and "
    "derived figures. Values and quotations keep the terms of their sources.",
    "Лицензия относится к подборке: отбору, расположению, формулировкам, переводам и вычисленным "
    "величинам. На значения и цитаты действуют условия их источников.",
)
PROVENANCE = Words(
    "Values, yardsticks and definitions were read in published sources; each row names its own. "
    "A program checked the edition as a whole; fulfilment and gaps were computed from the other "
    "tables. Nothing is estimated or interpolated.",
    "Значения, ориентиры и определения взяты из опубликованных источников; у каждой строки назван "
    "её источник. Издание целиком проверила программа; таблицы fulfilment и gaps вычислены по "
    "остальным. Ничего не додумано и не интерполировано.",
)
CONTACT = Words("Operator of the site", "Оператор сайта")
SERVICE_TITLE = Words("API", "API")
SERVICE_DESCRIPTION = Words(
    "Answers parts of the edition in force as JSON; described in OpenAPI 3.1.",
    "Отдаёт части действующего издания в JSON; описан в OpenAPI 3.1.",
)
WHOLE = {
    "all.zip": Words("All tables in one archive", "Все таблицы в одном архиве"),
    "all.xlsx": Words("All tables in one workbook", "Все таблицы в одной книге"),
}

# Tables that change while the site runs, by path: they belong to no edition and have no checksum.
LIVING = {
    "quiz/statistics": (
        ("csv", "json"),
        Words("How everybody answered the quiz", "Как отвечали на вопросы теста"),
        Words(
            "Answers to each question in force or retired, by version; no count under 10 is given.",
            "Ответы на каждый вопрос, действующий или снятый, по версиям; чисел меньше 10 нет.",
        ),
        "quiz/statistics/",
    ),
    "quiz/codebook": (
        ("csv", "json"),
        Words("Codebook of the quiz", "Описание вопросов теста"),
        Words(
            "Every version of every question with its options or bands, the right answer and its "
            "days.",
            "Все версии всех вопросов с вариантами или отрезками шкалы, верным ответом и днями.",
        ),
        "quiz/statistics/",
    ),
    "data/downloads": (
        ("csv",),
        Words("How often each file was downloaded", "Сколько раз скачали каждый файл"),
        Words("Downloads by month, file and edition.", "Скачивания по месяцам, файлам и изданиям."),
        "data/",
    ),
}

QUIZ = Words("Statistics of the quiz", "Статистика теста")
QUIZ_DESCRIPTION = Words(
    "How everybody answered the quiz: the figures of the moment, the questions, and what stood at "
    "the end of each month.",
    "Как отвечали на вопросы теста: текущие данные, сами вопросы и данные на конец каждого месяца.",
)
SNAPSHOTS = Words(
    "Statistics of the quiz at the end of each month", "Статистика теста на конец каждого месяца"
)
SNAPSHOTS_DESCRIPTION = Words(
    "All answers up to the end of a month, by question and version; never changed. Each series of "
    "runs names the month of its figures, which may be an earlier one; no count under 10 is given.",
    "Все ответы до конца месяца, по вопросам и версиям; данные не меняются. Для каждого вида "
    "прохождений указан месяц, на конец которого взяты числа; он может быть более ранним. "
    "Чисел меньше 10 нет.",
)
