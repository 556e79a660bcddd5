"""The report's own words in the languages that it can be written in.

A language comes in, the fixed words of title page, captions and appendices go out.
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "contents": "Contents",
        "lists": "Tables and figures",
        "table": "Table",
        "figure": "Figure",
        "section": "Section",
        "appendix": "Appendix",
        "note": "Note.",
        "question": "Question",
        "read_first": "Read this first",
        "references": "References",
        "sources": "Sources",
        "parameters": "Parameters of each notebook",
        "parameters_lead": "The values with which each notebook was run. A star marks a value that "
        "differs from the notebook's default.",
        "codebook": "Codebook",
        "codebook_lead": "The coding schemes, as the coders used them. Indicators are what the "
        "rule coder searches for, by language: a pattern, what must (near, with) or must not "
        "(without, but not) stand in the same sentence, and in brackets the weight of a hit. "
        "Around it, or nowhere around, looks five sentences back and ahead. A star stands for any "
        "letters or any one word, @name for a list of patterns; the lists follow at the end, long "
        "ones with their beginning. codebook-lists.csv beside the report has all patterns.",
        "when_to_use": "Use when",
        "when_not_to_use": "Do not use when",
        "rule": "Rule",
        "coded_examples": "To be coded",
        "other_examples": "Not to be coded",
        "indicators": "Indicators",
        "named_lists": "Named lists",
        "version": "version",
        "agreement": "Agreement",
        "agreement_lead": "How far those who read the same texts gave the same codes, scheme by "
        "scheme. Readings by a model are held against each other apart from people's, and count "
        "as no double coding. A coefficient without meaning says why.",
        "evidence": "Evidence",
        "evidence_lead": "Every number and text in the tables rests on passages of the sources. "
        "The first part lists the passages behind each cell of a table; the second part shows the "
        "passages, numbered through the whole report and grouped by source, each with its codes.",
        "rows_link": "Each row of {tables} names its passages itself.",
        "coders": "Coded by",
        "index": "Passages behind each table",
        "index_lead": "Of a cell with more than {many} passages the first {first} are named; the "
        "HTML page unfolds the others, and each passage names the tables that rest on it.",
        "and_more": "and {count} more",
        "statement": "Statement",
        "same_agreement": "Agreement on the codes: what stands below {place}.",
        "passages": "The passages",
        "whole_source": "the whole source",
        "coded_by": "coded by",
        "several_coders": "Where a scheme has several coders ({schemes}), beside each code stand "
        "all who gave it to the passage or to a part of it, whether or not a table uses their "
        "coding, with their stance where it is not plain assertion; “not given by” names those who "
        "read the passage for that code and did not give it.",
        "not_given": "not given by {coders}",
        "page": "{page} of {pages}",
        "all": "all {count} passages",
        "passage_one": "1 passage",
        "passage_many": "{count} passages",
        "last_of": "and",
        "back": "back to the table",
        "all_passages": "all in the appendix",
        "close": "Close",
        "no_rows": "No rows.",
        "skip": "Skip to the text",
    },
    "ru": {
        "contents": "Содержание",
        "lists": "Таблицы и рисунки",
        "table": "Таблица",
        "figure": "Рисунок",
        "section": "Раздел",
        "appendix": "Приложение",
        "note": "Примечание.",
        "question": "Вопрос",
        "read_first": "Прочтите сначала",
        "references": "Литература",
        "sources": "Источники",
        "parameters": "Параметры блокнотов",
        "parameters_lead": "Значения, с которыми выполнялся каждый блокнот. Звёздочкой отмечено "
        "значение, отличное от заданного в блокноте по умолчанию.",
        "codebook": "Кодировочная книга",
        "codebook_lead": "Схемы кодирования в том виде, в каком ими пользовались кодировщики. "
        "Признаки – то, что ищет кодировщик по правилам: образец, что должно (near, with) или не "
        "должно (without, but not) стоять в том же предложении, и в скобках вес. Звёздочка "
        "заменяет любые буквы или одно слово, @имя – список образцов; списки стоят в конце, "
        "длинные – началом. Все образцы – в файле codebook-lists.csv рядом с отчётом.",
        "when_to_use": "Применять, если",
        "when_not_to_use": "Не применять, если",
        "rule": "Правило",
        "coded_examples": "Кодируется",
        "other_examples": "Не кодируется",
        "indicators": "Признаки",
        "named_lists": "Именованные списки",
        "version": "версия",
        "agreement": "Согласованность",
        "agreement_lead": "Насколько читавшие одни и те же тексты дали одни и те же коды, по "
        "схемам. Чтения модели сопоставляются между собой отдельно от чтений людей и двойным "
        "кодированием не считаются. Где коэффициент не имеет смысла, сказано почему.",
        "evidence": "Основания",
        "evidence_lead": "Каждое число и каждый текст в таблицах опираются на отрывки источников. "
        "Первая часть называет отрывки, стоящие за каждой ячейкой таблицы; вторая приводит сами "
        "отрывки, пронумерованные по всему отчёту, по источникам, каждый со своими кодами.",
        "rows_link": "Строки, которые сами называют свои отрывки: {tables}.",
        "coders": "Кодировал(а)",
        "index": "Отрывки за каждой таблицей",
        "index_lead": "Если за ячейкой стоит больше {many} отрывков, названы первые {first}; "
        "остальные раскрываются на странице HTML, и каждый отрывок называет свои таблицы.",
        "and_more": "и ещё {count}",
        "statement": "Высказывание",
        "same_agreement": "О согласованности: см. примечание под «{place}».",
        "passages": "Отрывки",
        "whole_source": "весь источник",
        "coded_by": "кодировал(а)",
        "several_coders": "Где у схемы несколько кодировщиков ({schemes}), при каждом коде названы "
        "все, кто дал его отрывку или его части, даже если ни одна таблица на это не опирается, и "
        "их отношение, если это не простое утверждение; «не дали» – те, кто читал отрывок с этим "
        "кодом и его не дал.",
        "not_given": "не дали: {coders}",
        "page": "{page} из {pages}",
        "all": "все отрывки ({count})",
        "passage_one": "1 отрывок",
        "passage_many": "отрывков: {count}",
        "last_of": "и",
        "back": "назад к таблице",
        "all_passages": "все в приложении",
        "close": "Закрыть",
        "no_rows": "Нет строк.",
        "skip": "Перейти к тексту",
    },
    "zh": {
        "contents": "目录",
        "lists": "表与图",
        "table": "表",
        "figure": "图",
        "section": "章节",
        "appendix": "附录",
        "note": "注：",
        "question": "研究问题",
        "read_first": "阅读须知",
        "references": "参考文献",
        "sources": "资料来源",
        "parameters": "各笔记本的参数",
        "parameters_lead": "各笔记本运行时所用的值。带星号的值与笔记本的默认值不同。",
        "codebook": "编码手册",
        "codebook_lead": "编码员所用的编码方案。指示词是规则编码员按语言查找的内容："
        "词型、同一句中必须（near、with）或不得（without、but not）出现的词，括号内为权重。"
        "星号代表任意字母或一个词，@名称代表词表；词表列于末尾，长表只列开头，"
        "全部词型见报告旁的 codebook-lists.csv。",
        "when_to_use": "适用",
        "when_not_to_use": "不适用",
        "rule": "规则",
        "coded_examples": "应编码",
        "other_examples": "不应编码",
        "indicators": "指示词",
        "named_lists": "命名词表",
        "version": "版本",
        "agreement": "一致性",
        "agreement_lead": "阅读相同文本的编码员在多大程度上给出相同的代码，按编码方案列出。"
        "模型的阅读只与模型的阅读相比，不与人的编码混在一起，也不算双重编码。"
        "无意义的系数注明原因。",
        "evidence": "证据",
        "evidence_lead": "表中的每个数字和文字都以资料中的段落为依据。第一部分按表列出每个单元格"
        "所依据的段落；第二部分按资料来源列出全文统一编号的段落及其代码。",
        "rows_link": "各行自带段落链接的表：{tables}。",
        "coders": "编码员",
        "index": "各表所依据的段落",
        "index_lead": "单元格所依据的段落超过 {many} 段时，只列出前 {first} 段；"
        "其余可在 HTML 页面中展开，每个段落也注明其所属各表。",
        "and_more": "另有 {count} 段",
        "statement": "主张",
        "same_agreement": "编码一致性：见{place}下的说明。",
        "passages": "段落",
        "whole_source": "全文",
        "coded_by": "编码员",
        "several_coders": "有多名编码员的方案（{schemes}），每个代码旁列出"
        "将其给予该段落或其一部分的所有编码员，无论是否有表使用该编码；非单纯陈述者注明其立场。“未给出”指读过该段落而未给出此代码者。",
        "not_given": "未给出：{coders}",
        "page": "{page} / {pages}",
        "all": "共 {count} 段",
        "passage_one": "1 段",
        "passage_many": "{count} 段",
        "last_of": "、",
        "back": "返回表格",
        "all_passages": "附录中全部段落",
        "close": "关闭",
        "no_rows": "无数据。",
        "skip": "跳到正文",
    },
}


def words(language: str) -> dict[str, str]:
    """The fixed words of a report; English where a language has none of its own.

    Examples
    --------
    >>> words("en-GB")["table"]
    'Table'
    """
    return WORDS.get(language.split("-")[0].lower(), WORDS["en"])
