"""What ties an Arabic, Hebrew, Chinese or Japanese sentence to its place: patterns as data.

Chinese and Japanese say more with fewer characters and put no space between words, so lengths and patterns are theirs.
"""

from __future__ import annotations

import re

from scheduler.cutting.rules import ABOUT_THE_TEXT, ADVERTISES, Rules, Telling


def _gates(promotion: str, about_the_text: str) -> tuple[tuple[str, Telling], ...]:
    return (
        (ADVERTISES, Telling(pattern=re.compile(promotion))),
        (ABOUT_THE_TEXT, Telling(pattern=re.compile(about_the_text))),
    )


ARABIC = Rules(
    language="ar",
    shortest=28,
    connective=re.compile(
        r"(?:و?مع ذلك|بالإضافة إلى ذلك|علاوة على ذلك|على سبيل المثال|في الواقع|باختصار|لذلك|ولذلك|وهكذا)\s?[،,]\s+"
    ),
    lost=re.compile(r"و?(?:هذا|هذه|ذلك|تلك|هؤلاء|هو|هي|هم|كلاهما|لذلك|بذلك|لهذا)\s"),
    gates=_gates(
        r"اتصل(?:وا)? بنا|تواصل(?:وا)? معنا|احجز|اشترك|تابع(?:نا|ونا)|اقرأ المزيد|للمزيد من المعلومات|رمز الخصم",
        r"(?:ال)?شكل \d|(?:ال)?جدول \d|انظر (?:أعلاه|أدناه)|انقر|اضغط هنا|(?:في )?هذا المقال|هذه المقالة|كما ذكرنا"
        r"|أدناه|أعلاه",
    ),
)

HEBREW = Rules(
    language="he",
    shortest=28,
    connective=re.compile(r"(?:(?:עם זאת|בנוסף|לכן|לדוגמה|למשל|למעשה|לסיכום|יתרה מכך),|אבל|אך)\s+(?!לא )"),
    lost=re.compile(r"ו?(?:זה|זאת|זו|אלה|אלו|הוא|היא|הם|הן|לכן|כך|שניהם|שתיהן)\s"),
    gates=_gates(
        r"התקשרו|צרו קשר|קבעו תור|הירשמו|עקבו אחרינו|קראו עוד|למידע נוסף|קוד קופון",
        r"איור \d|טבלה \d|ראו (?:למעלה|למטה)|לחצו|(?:ב)?מאמר (?:זה|הזה)|להלן|לעיל|כפי שהזכרנו",
    ),
)

CHINESE = Rules(
    language="zh",
    shortest=12,
    longest=130,
    connective=re.compile(
        r"(?:但是|然而|因此|此外|另外|例如|比如|总之|總之|其实|其實|不过|不過|同时|同時|所以|首先|其次|最后|最後|而且|那么)[，,]\s?"
    ),
    lost=re.compile(r"[这那這它他她此]|其(?![实實他中])|该|該|两者|兩者|前者|后者|後者|因此|所以|但是|然而"),
    gates=_gates(
        r"联系我们|聯繫我們|联络我们|立即预约|在线预约|预约(?:电话|热线)|關注我們|关注我们|订阅|訂閱|致电|拨打|优惠码|了解更多",
        r"如图|见图|[图圖表]\s?\d|[上下][图圖表]|如下|以下(?:几|是|为|内容|方法|步骤|表)|上述|本文|点击|點擊",
    ),
)

JAPANESE = Rules(
    language="ja",
    shortest=16,
    longest=130,
    connective=re.compile(
        r"(?:しかし|また|さらに|例えば|たとえば|つまり|そのため|したがって|ところが|なお|まず|次に|最後に|そして|だから|ちなみに)[、,]\s?"
    ),
    lost=re.compile(
        r"[こそあ][のれ](?!ぞれ)|こう|そう|ここ|そこ|彼|そのため|したがって|だから|しかし|同じ|前者|後者|どちらも|両方"
    ),
    gates=_gates(
        r"お問い合わせ|ご予約|お電話|予約はこちら|フォローして|メルマガ|ご登録|詳しくはこちら|クーポン",
        r"[図表]\s?\d|[上下]の[図表]|以下の|上記|下記|本記事|この記事|クリック|次の[図表]",
    ),
)
