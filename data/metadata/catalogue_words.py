"""Texts of the catalogue that all editions share, in both languages."""

from __future__ import annotations

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
SERVICE_TITLE = Words("Interface for programs", "Интерфейс для программ")
SERVICE_DESCRIPTION = Words(
    "Answers parts of the edition in force as JSON; described in OpenAPI 3.1.",
    "Отдаёт части действующего издания в JSON; описан в OpenAPI 3.1.",
)
WHOLE = {
    "all.zip": Words("All tables in one archive", "Все таблицы в одном архиве"),
    "all.xlsx": Words("All tables in one workbook", "Все таблицы в одной книге"),
}
