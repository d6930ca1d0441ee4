"""Who is spoken of, where: companies, brands, products, markets, and the words that point back to them."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from itertools import islice

from etl.claims.scan import Cells, Spellings, Tail, lower
from etl.claims.strangers import find_strangers
from etl.claims.vocabulary import NAME, Vocabulary, spelling
from etl.model import MARKET

COREF, PRONOUN, MARKET_NOUN, STRANGER, BARE = "coref", "pronoun", "market", "stranger", "bare"

_DESCRIPTION = Spellings(re.compile(
    r"(?<!\w)(?:[Tt]he|[Tt]his|[Tt]hat|[Hh]is|[Oo]ur)\s(?P<mod>(?:[\w‘’'-]+\s){0,4}?)"
    r"(?:company|firm|maker|giant|manufacturer|vendor|brand|group|startup|organi[sz]ation|OEM|major|corporation|player|behemoth|retailer|carmaker|automaker|phonemaker|chipmaker|titan|newcomer|upstart|conglomerate)(?=['’]s\b|[\s,.;:)—-]|$)(?!\s(?:market|shipments))"
), ("The", "the", "This", "this", "That", "that", "His", "his", "Our", "our"))  # fmt: skip
_NO_DESCRIPTION = re.compile(
    r"largest|biggest|second|third|fourth|fifth|leading|number|only|same|other|another|each|\bno\b|\d|research|analy(?:st|tics|sis)|consult|intelligence|tracking|\bdata\b",
    re.IGNORECASE,
)
_PRONOUN = Spellings(
    re.compile(
        r"(?<!\w)(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Ww]e|[Oo]ur|[Hh]e|[Ss]he)(?!\w|['’]s\b)|(?:该|这家|本|两家)(?:公司|集团|企业|品牌|厂商)"
        r"|(?<![\u4e00-\u9fff\w])(?:公司|集团)(?!的)|(?<![\u4e00-\u9fff\w])公司(?=的)|(?<![尤极与及何])其(?![中他它余实次间后])|前者|后者"
    ),
    (word for lower in ("it", "its", "they", "their", "we", "our", "he", "she") for word in (lower, lower.capitalize())),
    signs="该这本两公集其前后",
)
_OTHERS = re.compile(r"\bothers(?=\s(?:(?:with|at|had|have|took|held|hold|make up|made up|account(?:ed)? for)\s)?\(?(?:about\s|around\s)?~?\d)")  # "and others 23.2 %"
_NATIONS = {"Koreans": "KR", "Chinese": "CN", "Americans": "US", "Finns": "FI", "Taiwanese": "TW", "Japanese": "JP", "Swedes": "SE", "Californians": "US"}
_NATION = Spellings(
    re.compile(rf"(?<!\w)[Tt]he (?:South )?(?P<of>{'|'.join(_NATIONS)})(?=['’]s?\s|\s(?:had|have|held|hold|sold|shipped|grew|saw|took|lead|led|follow|posted|lost|gained|could|now|also|still|managed|moved)\b)"),
    ("the", "The"),
)
_IMPERSONAL = re.compile(
    r"\s(?:is|was|['’]s|has been|will be)\s(?:\w+\s)?(?:worth noting|important|clear|believed|said|expected that|imperative|not|difficult|interesting|likely|to be|an?\s)|\scomes|\smarks|\swas an?\s|\sremains to|\sseems|\slooks like"
)
_MOST = 20_000  # mentions in one text: what holds more is no article
_KIND = r"(?:smart ?phones?|mobile phones?|mobile|handsets?|feature phones?|cell phones?|phones?|tablets?|wearables?(?: bands?)?|smart ?watch(?:es)?|smart (?:TV|speaker)s?|PC|earbuds|true wireless (?:earbuds|hearables)|hearables|TWS)"
_MARKET = re.compile(
    rf"(?<!\w)(?:(?:[Tt]he|[Ii]ts|[Oo]ur)\s)?(?:(?:overall|total|entire|whole|global|worldwide|world|premium|5G|local|domestic|largest|[A-Z]\w+(?:\s[A-Z]\w+)?(?:['’]s)?)\s){{0,3}}(?:{_KIND}\s)(?:market|industry|sector)(?:\s(?:in|of)\s[A-Z]\w+)?(?!\s?(?:share|leader|research))"
    r"|(?<!\w)[Tt]he (?:overall |whole |total |entire |global |worldwide |Indian |Chinese )?market(?!\s?(?:share|leader|research|value|cap|consensus|expect|watchers?|participants?|forecast|estimates?|had (?:expected|looked|hoped|forecast)|looked|observers?|sentiment|conditions?|opened|closed))"
    r"|(?<!\w)(?:China|India|Europe|Indonesia|Brazil)['’]s market\b(?!\s?share)"
    r"|(?<!\w)(?:[Tt]he )?(?:world|industry|market|overall|global|worldwide|national) total\b|(?<!\w)an? (?:overall |growing |shrinking |declining |falling |flat )?market(?=\s(?:that|which)\s)",
)
_SHARE_OF = re.compile(r"\b(?:share|part|portion|slice|chunk|piece)\s(?:of|in)\s(?:the\s)?(?:[\w'’]+\s){0,2}$", re.IGNORECASE)
_ANY_MARKET = re.compile(r"market(?!\s?share)")  # no alternative of _MARKET goes on so
_SUBSIDIARY = re.compile(
    r"\s(?:Music(?: Entertainment)?|(?:Life |Fire & Marine )?Insurance|Capital|Ventures?|Pictures|Bank|Finance|Financial|Biologics|Heavy Industries|Engineering|C&T|SDI|SDS|Electro-Mechanics|Card|Securities|Pharma\w*|Chem|Innotek|Uplus|Logistics|Foundation|Hotels?|Properties)\b"
)
_BACKED = re.compile(r"-(?:backed|owned|funded|led|invested|supported|incubated)\s(?=[A-Za-z])")
_ITS_FIGURE = re.compile(r"(?:^|[.;:,–—\n]\s|\b(?:while|and|but|that|as|the)\s)(?:smart ?phone\s|phone\s|market\s|net\s|operating\s|the\s)*(?:shipments|sales|revenues?|profits?|share|volumes?|growth|deliveries) of (?:the )?$", re.IGNORECASE)
_AS_IT = re.compile(r"(?<![A-Za-z])(?:as\s\w{0,2}|in an?\s?\w?)$", re.IGNORECASE)  # "as the market", "in a market which"
_MOVES = re.compile(
    r"\s(?:(?:that|which|itself|overall|also|only|as a whole|as such|had|has|was|were|is|still|just|actually)\s)*(?:fell|grew|grow(?:s|n|ing)?|rose|ris(?:es|en|ing)|contract(?:s|ed|ing)|shr(?:ank|unk|inks|inking)|declin(?:ed|es|ing)|slipped|dropped|expand(?:ed|s|ing)|recover(?:ed|s|ing)|slump(?:ed|s)|plung(?:ed|es)|dip(?:ped|s)|tumbled|edged|inched|increas(?:ed|es)|decreas(?:ed|es)|surged|jumped|rebounded|lost|gained|reached|totalled|totaled|hit)\b"
)
_VOLUME = Spellings(re.compile(
    rf"(?<!\w)(?:Global|Worldwide)\s{_KIND}\s(?:profits|revenues?)\b|(?<!\w)(?:(?:Global|Worldwide|Total|Overall|global|worldwide|total|overall|[Tt]he)\s)+(?:\w+\s)?(?:{_KIND}\s)?(?:shipments|sales|production)(?!\s(?:of (?:the )?(?-i:[A-Z])|director|by (?-i:[A-Z])))"
    rf"|(?<!\w){_KIND}\s(?:market\s(?:shipments|sales|volumes?)|(?:devices\s|shipments\s)?as a whole)\b|(?<!\w){_KIND}\s(?:shipments|sales)(?:\s(?:in|across|to)\s(?:the\s)?(?-i:[A-Z])\w+)|(?<!\w)(?:[Ss]hipments|[Ss]ales) of (?:(?:4G|5G|premium|smart|basic|new|refurbished)\s)?{_KIND}(?!\s?\d)",
    re.IGNORECASE,
), ("global", "worldwide", "total", "overall", "the", "shipments", "sales", "smart", "smartphone", "smartphones", "mobile", "handset", "handsets",
    "feature", "cell", "phone", "phones", "tablet", "tablets", "wearable", "wearables", "smartwatch", "smartwatches", "pc", "earbuds", "true",
    "hearables", "tws"))  # fmt: skip
_LANDS = r"全球|全国|中国|国内|大陆|内地|印度|欧洲|西欧|东欧|拉美|非洲|中东|东南亚|北美|美国|日本|韩国|俄罗斯|印尼|巴西|亚太|亚洲|整个|整体"
_GOODS_ZH = r"(?:(?:5G|高端|折叠屏|功能|AI)?(?:智能)?手机|智能机|折叠屏|平板(?:电脑)?|可?穿戴(?:腕带)?设备|腕戴设备|智能手表|智能手环|手环|智能音箱|智能电视|电视|个人电脑|PC|TWS耳机|真无线耳机|耳机|笔记本电脑|新能源汽车|新能源车)"
_NOT_ITS_PART = r"(?!份额|占|地位|领|第|排|前|的?(?:第|份额))"
_VOLUME_ZH = re.compile(
    rf"(?:{_LANDS})[^，。；：、！？]{{0,10}}?{_GOODS_ZH}(?:市场)?的?(?:整体|总体|总)?(?:销量|出货量|出货|销售量|产量|市场){_NOT_ITS_PART}"
    rf"|(?!全球|整)(?:{_LANDS})(?:总)?(?:出货量|销量)|(?:{_LANDS})(?:手机)?市场(?:销量|出货量?)|(?:{_LANDS})?(?:手机)?市场(?:整体|总体|总)(?:销量|出货量|出货|规模)"
    rf"|(?<![\u4e00-\u9fff\w]){_GOODS_ZH}市场(?:整体|总体|总)?(?:销量|出货量|出货)"
    rf"|(?:{_LANDS})(?:智能)?(?:手机)?(?:市场|大盘){_NOT_ITS_PART}(?=[^，。；]{{0,6}}(?:同比|环比|出货|增长|下降|下滑|萎缩))"
)
_BARE_VOLUME = re.compile(  # "Smartphone sales grew": the market's in a report on the market, else the company's
    r"(?<!\S)(?=[a-z45])(?:^|(?<=[.;:“]\s)|(?<=\n)|(?<=,\s)|(?<=\b(?:and|but)\s)|(?<=\bwhile\s)|(?<=\bthat\s)|(?<=\bsays\s)|(?<=\bsaid\s)|(?<=\bexpects\s)|(?<=\bsees\s)|(?<=\bpredicts\s)|(?<=\bforecasts\s)|(?<=\bexpect\s)|(?<=\bsee\s))"
    rf"(?:(?:(?:annual|quarterly|unit|total|overall|basic|5G|4G)\s)*{_KIND}\s(?:shipments?|sales|volumes?|demand|production)\b|(?:shipments|sales)\s(?:overall|in total|as a whole)\b|{_KIND}(?=\s(?:still\s|now\s|also\s)?(?:make|made up|account|accounted|contribut|represent|constitut|comprise)))"
    r"(?!\s(?:of (?:the )?(?-i:[A-Z])|director|by (?-i:[A-Z])))",
    re.IGNORECASE,
)
_BARE_NEEDS = ("shipment", "sales", "volume", "demand", "production", "make", "made up", "account", "contribut", "represent", "constitut",
    "compris")  # one stands in each of its matches or right behind
_TOTAL = re.compile(r"^(?:[^\S\n]|[*•–-])*((?:Grand )?[Tt]otals?|TOTAL|All vendors|Industry total|Market total|合计|总计)(?=\s*[|:：\t/])", re.MULTILINE)
_COUNTRY_VOLUME = re.compile(rf"(?:['’]s)?\s(?:overall\s|total\s)?{_KIND}\s(?:shipments|sales)", re.IGNORECASE)
_COUNTRY_VERB = re.compile(
    r"\s(?:has |have |had )?(?:surpass|overt|grew|grow|remain|saw|see|becam|becom|reach|record|ship|register|declin|fell|account|took in|bought|absorb|receiv|import)",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?:\b(?:after|without|despite|unlike|except|excluding|apart from|besides|surpass(?:ed|ing|es)?|overtak(?:e|ing|en|es)|overtook|over|against|than|ahead of|behind|of|from|to|in|on|via|through|for|like|such as|including|lead(?:s|ing)?|led|rul(?:e[sd]|ing)|head(?:s|ed|ing)|conquer(?:s|ed)|own(?:s|ed)|top(?:s|ped)|dominat(?:e[sd]?|ing)|enter(?:s|ed|ing)?|exit(?:s|ed|ing)?|"
    r"beat(?:ing)?|between|among|amongst|as|with|by|into|upon|about|alongside|versus|vs\.?|compared (?:to|with)|toppl(?:ed|ing)|de-?thron(?:ed|ing)|trail(?:s|ed|ing)|outsold|edg(?:ed|ing) (?:out|past)|past|pass(?:ed|ing)|leapfrog(?:ged)?|sub-brand|ban on|both|across|joining|replac(?:ed|ing))"
    r"|超过|超越|仅次于|落后于|领先于?|力压|击败|反超|不及|低于|高于|相比|相较|对比|(?<!市)较|比|除了?|不包括|不含|凭借?|借助|受益于|得益于|依靠|依托|搭载|继|追赶|逼近|取代|[与同跟](?!比)|面向|被|不敌|输给|紧随|超|赶上|对标|包括|从|由)(?:\s+|(?<=[\u4e00-\u9fff])\s*)(?:the\s|its\s|new\s|latest\s|popular\s|rivals?\s|competitors?\s|brands?\s|arch-?rival\s|compatriots?\s|fellow\s|local\s|both\s)*$",
    re.IGNORECASE,
)
_BLOCK_BEFORE = Tail(_BLOCK, "aft wit des unl exc apa bes sur ove aga tha ahe beh of fro to in on via thr for lik suc inc lea led rul hea con own top dom ent exi"
    " bea bet amo as by int upo abo alo ver vs vs. com de- det tra out edg pas sub ban bot acr joi rep")  # fmt: skip
_JOIN = re.compile(r"^(?:['’]s)?\s*(?:\([^)]{0,40}\))?\s*(?:,\s*(?:and|&)?|\band\b|&|/|、|和|与|及|\bor\b)\s*(?:the\s)?$")


_VERB_NEXT = re.compile(  # "After Xiaomi, Samsung holds the second position"
    r"(?:['’]s)?\s(?:is|was|has|had|holds?|held|comes?|came|ranks?|ranked|shipped|sold|grew|follows|took|takes|saw|fell|rose|leads|led|landed|finished|placed|climbed|slipped|dropped|moved|secured|captured|ended|stood|sits|sat)\b"
)


_IN_COUNTRY = re.compile(r"(?:\b(?:in|and|of|from|to|for|with|across|outside|within|or))\s(?:the\s)?$|(?<![.!?]\s)\b[A-Z][\w&]+\s$")


@dataclass(slots=True)
class Mention:
    """A word for a company or market at [start, end). `company` is None for a word that points back."""

    start: int
    end: int
    what: str  # name, brand, product, person, nickname, device, group, os, coref, pronoun, market, stranger, bare
    company: str | None
    segment: str | None = None
    is_blocked: bool = False  # stands after "over", "from", "such as": not what the clause is about
    listed: int = 0  # length of the enumeration that it belongs to
    home: str | None = None  # of a description: "the Chinese firm"


def find_mentions(text: str, vocabulary: Vocabulary, day: date | None) -> list[Mention]:
    """Every mention in the text in order; where two overlap the longer one stands."""
    found: list[Mention] = []
    for match in islice(vocabulary.product_pattern.finditer(text), _MOST):
        found.append(_product(match, vocabulary, day))
    for match in islice(vocabulary.name_pattern.finditer(text), _MOST):
        name = vocabulary.names.get(spelling(match[0])) or vocabulary.names.get(match[0])
        if name is None:
            continue
        company, part = vocabulary.owner(name.company, day)
        found.append(Mention(match.start(), match.end(), name.what, company, name.segment or part))
    low = lower(text)  # most texts hold none of these words, and a plain search for them is quick
    for match in Cells(text, reach=4).finditer((_ANY_MARKET, "industry", "sector", " total"), _MARKET, text):
        found.append(Mention(match.start(), match.end(), MARKET_NOUN, MARKET))
    if any(word in low for word in ("shipments", "sales", "production", "profits", "revenue")):
        for match in _VOLUME.finditer(text):
            found.append(Mention(match.start(), match.end(), MARKET_NOUN, MARKET, segment="volume"))
        for match in Cells(text, reach=4).finditer(_BARE_NEEDS, _BARE_VOLUME, text):
            found.append(Mention(match.start(), match.end(), BARE, None, segment="volume"))
    for match in _TOTAL.finditer(text) if any(word in low for word in ("total", "all vendors", "合计", "总计")) else ():
        found.append(Mention(match.start(1), match.end(1), MARKET_NOUN, MARKET))
    for match in _VOLUME_ZH.finditer(text) if any(word in text for word in ("销", "出货", "产量", "市场", "大盘")) else ():
        found.append(Mention(match.start(), match.end(), MARKET_NOUN, MARKET, segment="volume"))
    for match in vocabulary.region_pattern.finditer(text):
        is_owner = _COUNTRY_VOLUME.match(text, match.end())
        if is_owner:
            found.append(Mention(match.start(), is_owner.end(), MARKET_NOUN, MARKET, segment="volume"))
        elif (_COUNTRY_VERB.match(text, match.end()) or (text.startswith(", with ", match.end()) and text[max(0, match.start() - 1) : match.start()] in ("", "\n", " ") and text[max(0, match.start() - 2) : match.start() - 1] in ("", ".", "\n"))) and not _IN_COUNTRY.search(text[max(0, match.start() - 12) : match.start()]) and vocabulary.regions.get(spelling(match[0]), ("", ""))[1] == NAME:
            found.append(Mention(match.start(), match.end(), MARKET_NOUN, MARKET))
    for match in _OTHERS.finditer(text) if "others" in low else ():
        found.append(Mention(match.start(), match.end(), "group", "GROUP:others"))
    for match in _NATION.finditer(text):
        found.append(Mention(match.start(), match.end(), COREF, None, home=_NATIONS[match["of"]]))
    for match in _DESCRIPTION.finditer(text):
        if match["mod"] and _NO_DESCRIPTION.search(match["mod"]):
            continue
        home = next((vocabulary.homes[a] for a in vocabulary.homes if re.search(rf"\b{a}\b", match["mod"])), None) if match["mod"] else None
        found.append(Mention(match.start(), match.end(), COREF, None, home=home))
    for match in _PRONOUN.finditer(text):
        if match[0].lower() != "it" or not _IMPERSONAL.match(text, match.end()):
            found.append(Mention(match.start(), match.end(), PRONOUN, None))
    for mention in found:
        if mention.what == "name" and _SUBSIDIARY.match(text, mention.end):
            mention.what, mention.company = STRANGER, None  # a firm of its own: its figures are no parent's
    kept = _with_strangers(text, _longest(found)[:_MOST], vocabulary)
    _mark(text, kept)
    return kept


def _with_strangers(text: str, known: list[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """The mentions with the names that nobody declared; a place, a source or part of a known name is no stranger."""
    taken = sorted([(m.start, m.end) for m in known] + [m.span() for p in (vocabulary.region_pattern, vocabulary.authority_pattern) for m in p.finditer(text)])
    starts = [a for a, _ in taken]
    strangers = []
    people = {word for m in known if m.what == "person" for word in text[m.start : m.end].split()}
    for start, end in find_strangers(text):
        if text[start:end] in people:
            continue  # "Lu lowered the goal": Lu Weibing
        index = bisect_left(starts, end) - 1
        if index >= 0 and any(b > start for _, b in taken[max(0, index - 3) : index + 1]):
            continue
        strangers.append(Mention(start, end, STRANGER, None))
    return sorted([*known, *strangers], key=lambda m: m.start) if strangers else known


def _product(match: re.Match[str], vocabulary: Vocabulary, day: date | None) -> Mention:
    group = match.lastgroup or "long"
    for name in ("short", "long", "cjk"):
        if match[name]:
            group = name
    printed = match[group]
    line = next(printed[:n] for n in range(len(printed), 0, -1) if printed[:n] in vocabulary.product_lines)
    maker = vocabulary.product_lines[line]
    if group == "short":
        maker = next((n.company for w, n in vocabulary.names.items() if match[0].startswith(w) and n.what == "name"), maker)
    company, _ = vocabulary.owner(maker, day)
    product = re.sub(r"(?<=[A-Za-z])-(?=\d)", " ", spelling(printed))
    return Mention(match.start(), match.end(), "product", company, f"product:{product}")


def _longest(found: list[Mention]) -> list[Mention]:
    found.sort(key=lambda m: (m.start, m.start - m.end))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            inside = mention.what in ("name", "nickname", "brand", "product", "group") and kept[-1].what in (MARKET_NOUN, COREF, BARE)
            if not inside:
                continue
            kept.pop()  # "the Xiaomi brand", "Samsung's smartphone sales": the name is worth more
        kept.append(mention)
    return kept


def _mark(text: str, mentions: list[Mention]) -> None:
    """Tell the subjects from what is merely compared with, and see enumerations as one."""
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        gap = text[before.end : mention.start] if before else ""
        if (
            before
            and before.company
            and mention.company
            and mention.what not in (MARKET_NOUN, COREF, PRONOUN)
            and before.what != MARKET_NOUN
            and not (before.what == "device" and mention.what == "name")  # "208 m iPhones and Huawei shipped …"
            and len(gap) < 60
            and _JOIN.match(gap)
            and not (before.is_blocked and not before.listed and gap.strip() == "," and _VERB_NEXT.match(text, mention.end))
        ):
            mention.is_blocked = before.is_blocked
            mention.listed = before.listed or 1
            before.listed = max(before.listed, 1)
        elif mention.what == MARKET_NOUN and _MOVES.match(text, mention.end) and _AS_IT.search(text[max(0, mention.start - 6) : mention.start + 2]):
            mention.is_blocked = False  # "as the market fell 1.7 %": what moves is a subject
        elif mention.what == MARKET_NOUN and _SHARE_OF.search(text, max(0, mention.start - 40), mention.start):
            mention.is_blocked = True  # "its share of the world's PC market is 20 %"
        elif _BACKED.match(text, mention.end):
            mention.is_blocked = True  # "Xiaomi-backed lender": spoken of is somebody else
        elif _ITS_FIGURE.search(text[max(0, mention.start - 30) : mention.start]):
            mention.is_blocked = False  # "shipments of Xiaomi rose"
        else:
            mention.is_blocked = _BLOCK_BEFORE.ends(text, max(0, mention.start - 40), mention.start) or (
                mention.what == "group" and text[mention.end : mention.end + 1] in ("中", "里", "内")  # 在前五大厂商中
            )
    run: list[Mention] = []
    for mention in [*mentions, Mention(1 << 60, 1 << 60, "end", None)]:
        if run and (not mention.listed or not _JOIN.match(text[run[-1].end : mention.start])):
            for member in run:
                member.listed = len(run)
            run = []
        if mention.listed:
            run.append(mention)
