"""What menus, footers, buttons, bylines and link lists say, in English, Chinese and Russian.

Comes in: nothing.
Goes out: patterns for one line of a page, without the bullet and space around it.
"""

from __future__ import annotations

import re

# A date, an author, a source: what stands between a title and its text.
BYLINE = re.compile(
    r"^(?:by|author|source|date|issue|tags?|type|editor|photo)\b|"
    r"^(?:(?:first |last )?(?:posted|published|updated|written|reported))\b|"
    r"^(?:text|words|story|reporting|photos)\s?:|"
    r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s.{0,30}\d{4}|"
    r"^(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),?\s.{0,30}\d{4}|"
    r"^(?:作者|来源|來源|日期|发布|發佈|时间|時間|记者|記者|编辑|編輯|责任编辑|文)\s*[:：/／]|^(?:作者|来源|來源|日期)\b|"
    r"^本(?:报|報|站|刊|网|網)记者|"
    r"^(?:автор|источник|дата|текст|опубликовано|обновлено)\b|"
    r"^[^.!?。]{3,40},\s(?:staff writer|staff|correspondent|reporter|корреспондент|журналист)$|"
    r"^[\W\d]*$|^\d{4}-\d\d|^\d{1,2}\.?\s+[^\W\d]+,?\s+\d{4}\b.{0,12}$|"
    r"^[^\W\d]+\s+\d{1,2},?\s+\d{4}$|^\d{4}\s*年\s*\d{1,2}\s*月",
    re.IGNORECASE,
)
# By itself, with blank lines around it, each of these is a button or a footer, also inside a text.
LONE = re.compile(
    r"^(?:skip to (?:main )?content|scroll to top|back to top|top|print(?: this page)?|"
    r"share(?: this)?|donate(?: now)?!?|sign up|subscribe|log ?in|sitemap|privacy policy|"
    r"cookie policy|all rights reserved\.?|copyright(?: ©| \(c\))? ?\d{4}.{0,60}|©.{0,60}|"
    r"返回顶部|回到顶部|打印|分享|наверх|поделиться|версия для печати)$",
    re.IGNORECASE,
)
LINKISH = re.compile(
    r"[>»›→]\s*$|^\W*(?:(?:read|learn|see) more\b.*|click .*|more\W*|下一页|下一頁|"
    r"(?:查看|阅读|閱讀|了解)?更多|(?:читать )?далее|подробнее|ещё)\W*$",
    re.IGNORECASE,
)
# "Home > News > Strikes".
CRUMBS = re.compile(
    r"^(?:you are here|当前位置|當前位置|您的位置|您现在的位置|вы здесь)|"
    r"^[^.!?。！？>»›→|]{1,40}(?:\s?[>»›→]\s?[^.!?。！？>»›→|]{1,60})+$|"
    r"^[^.!?。！？/|]{1,30}(?:\s/\s[^.!?。！？/|]{1,40}){2,}$|"
    r"^(?:home|homepage|首页|主页|главная|на главную)\s?/\s?\S",
    re.IGNORECASE,
)
_NAVIGATION = (
    r"home(?: ?page)?|(?:main |top )?menu|navigation|(?:my )?account|about(?: us)?|"
    r"who we are|our team|"
    r"contacts?(?: us)?|get involved|take action|site ?map|search|help|faqs?|links|archives?|"
    r"topics|"
    r"sections?|in this section|categories|latest(?: news| posts)?|most (?:read|popular|viewed)|"
    r"popular(?: posts| now)?|trending|editor[’']s (?:choice|picks?)|register|"
    r"(?:log|sign)[ -]?(?:in|out|up)|"
    r"首页|首頁|主页|主頁|导航|導航|关于我们|關於我們|我们是谁|加入我们|联系我们|聯繫我們|联系方式|"
    r"(?:网站|網站)(?:地图|地圖|导航|導航)|登录|登錄|登入|注册|註冊|搜索|搜尋|友情链接|友情鏈接|"
    r"最新(?:文章|消息|资讯|新闻)|(?:热门|熱門)(?:文章|推荐|新闻)|大家在看|阅读排行|编辑推荐|本栏目|上一篇.*|"
    r"下一篇.*|上一页|上一頁|"
    r"(?:на )?главн(?:ая|ую)(?: страница)?|меню|о нас|кто мы|контакты|новости|последние новости|"
    r"поиск|войти|вход|выйти|регистрация|карта сайта|архив|рубрики|самое (?:читаемое|популярное)|"
    r"популярное|выбор редакции|в этом разделе"
)
_SHARING = (
    r"share(?: this| on .*)?:?|follow us.*|newsletter|rss(?: feed)?|e-?mail(?: this)?|print|"
    r"copy link|tweet|facebook|twitter|x|instagram|youtube|linkedin|whats ?app|telegram|"
    r"reddit|pinterest|mastodon|"
    r"分享(?:到|至)?[:：]?|微信(?:好友)?|朋友圈|(?:新浪)?微博|qq(?:空间|好友)?|豆瓣|打印|复制链接|关注我们.*|扫一扫.*|"
    r"поделиться(?: .{0,20})?:?|в ?контакте|одноклассники|телеграм|твиттер|фейсбук|распечатать|"
    r"скопировать ссылку|подписаться.*|подписка|рассылка|(?:мы )?в соцсетях|мы в .{0,20}"
)
_SUPPORT = (
    r"support us|donate(?: now)?!?|subscribe.*|advertise.*|jobs(?: at .*)?|careers|"
    r"捐款|捐赠|支持我们|订阅.*|訂閱.*|广告(?:合作|服务|投放)?|招聘(?:信息)?|"
    r"пожертвовать|поддержать нас|реклама|рекламодателям|вакансии|участвовать"
)
_TAGGING = (
    r"(?:type|tags?|categor(?:y|ies)|filed under|topics?|keywords)\s?:.{0,60}|"
    r"(?:标签|標籤|分类|关键词)\s?[:：].{0,60}|(?:теги|метки|рубрика|категория)\s?:.{0,60}"
)
# What stands at the very end of a page and nowhere else.
_CLOSING = (
    r"terms of .*|terms(?: (?:and|&) conditions)?|privacy.*|cookies?(?: policy| settings)?|"
    r"legal notice|"
    r"imprint|disclaimer|all rights reserved\.?|copyright(?: ©| \(c\))? ?\d{4}.{0,60}|©.{0,60}|"
    r"powered by .{0,40}|tel(?:ephone)?[.:].*|phone[.:].*|fax[.:].*|back to top|"
    r"版权(?:所有|声明).*|版權(?:所有|聲明).*|使用条款|"
    r"隐私(?:政策|声明)|cookie ?政策|法律声明|免责声明|.{0,4}ICP备.*|"
    r"(?:联系)?(?:电话|電話)[:：].*|地址[:：].*|返回(?:顶部|首页)|回到顶部|"
    r"политика (?:конфиденциальности|cookie).*|(?:условия|правила) (?:использования|пользования).*|"
    r"правовая информация|выходные данные|все права защищены.*|тел(?:ефон)?\.?[:：].*|"
    r"факс[:：].*|наверх"
)
TELLTALE = re.compile(
    rf"^\W*(?:{_NAVIGATION}|{_SHARING}|{_SUPPORT}|{_TAGGING}|{_CLOSING})\W*$", re.IGNORECASE
)
SHARING = re.compile(rf"^\W*(?:{_SHARING})\W*$", re.IGNORECASE)
CLOSING = re.compile(rf"^\W*(?:{_CLOSING})\W*$", re.IGNORECASE)
# Over a list of links to other texts.
RELATED = re.compile(
    r"^\W*(?:related(?: (?:posts?|articles?|news|stories|content|links|reading))?|"
    r"read (?:more|also|next)|"
    r"see also|more (?:on|from|about|stories|news)\b.{0,30}|(?:you (?:may|might) also|also) like|"
    r"recommended(?: for you)?|further reading|what to read next|"
    r"相关(?:文章|阅读|新闻|报道|链接|推荐)|相關(?:文章|閱讀|新聞)|延伸(?:阅读|閱讀)|推荐阅读|猜你喜欢|"
    r"更多(?:报道|文章|新闻|内容)|"
    r"(?:читайте|см\.|смотрите) также|(?:материалы|статьи|новости) по теме|"
    r"похожие (?:материалы|статьи|новости)|"
    r"другие (?:материалы|новости|статьи)|"
    r"вам может (?:понравиться|быть интересно)|рекомендуем)\W*$",
    re.IGNORECASE,
)
# Over what readers wrote.
COMMENTS = re.compile(
    r"^\W*(?:\d+ comments?|comments?(?:\s?[(（]\d+[)）])?|"
    r"(?:leave|post|add|write) a (?:comment|reply)|"
    r"(?:join|start) the (?:discussion|conversation)|"
    r"(?:网友|網友|读者|全部)?(?:评论|評論|留言)(?:\s?[(（]\d+[)）])?|\d+ ?条(?:评论|留言)|"
    r"(?:发表|發表|我要)(?:评论|評論|留言)|"
    r"комментарии(?:\s?[(（]\d+[)）])?|\d+ комментари\w+|"
    r"(?:оставить|добавить|написать) комментарий|"
    r"обсудить|обсуждение)\W*$",
    re.IGNORECASE,
)
_COOKIE = re.compile(r"\bcookies?\b|cookie|куки\b", re.IGNORECASE)
_COOKIE_USE = re.compile(
    r"\b(?:this|our|the) (?:web)?site\b|\bwe (?:use|store|set)\b|consent|agree|accept|"
    r"网站|網站|本站|我们使用|同意|接受|сайт\w*|мы используем|соглас",
    re.IGNORECASE,
)


def is_cookie_notice(line: str) -> bool:
    """Whether a line asks to store cookies.

    Examples
    --------
    >>> is_cookie_notice("We use cookies to improve our site."), is_cookie_notice("Cookies sell.")
    (True, False)
    """
    return bool(_COOKIE.search(line)) and _COOKIE_USE.search(line) is not None
