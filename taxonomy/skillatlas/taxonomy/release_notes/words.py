"""The words of release notes in English and Chinese: one row a word, so that none lacks in a language."""

from collections.abc import Iterable, Mapping

from ..languages import choose

LANGUAGES = ("en", "zh")
"""The languages of the notes' own words, in the order of the columns below; labels come in whatever there is."""

_TABLE: Mapping[str, tuple[str, str]] = {
    # -- the page
    "title": ("Changes from release {start} to {end}", "版本 {start} 至 {end} 的变更"),
    "title.scheme": ("Changes of {scheme} from release {start} to {end}", "{scheme}：版本 {start} 至 {end} 的变更"),
    "releases": ("Releases", "版本"),
    "release": ("Release {number}, {date}", "版本 {number}，{date}"),
    "summary": ("Summary", "概要"),
    "nothing": ("Nothing changed.", "没有变更。"),
    "scheme": ("scheme", "体系"),
    "what": ("what", "对象"),
    "more": ("and {count} more", "另有 {count} 项"),
    "concepts.created": ("New concepts ({count})", "新增概念（{count}）"),
    "concepts.relabelled": ("Renamed concepts ({count})", "更名的概念（{count}）"),
    "concepts.moved": ("Moved concepts ({count})", "移动的概念（{count}）"),
    "concepts.deprecated": ("Deprecated concepts ({count})", "弃用的概念（{count}）"),
    "concepts.restored": ("Restored concepts ({count})", "恢复的概念（{count}）"),
    "concepts.updated": ("Other changes of concepts ({count})", "概念的其他变更（{count}）"),
    "edges.created": ("New relations ({count})", "新增关系（{count}）"),
    "edges.removed": ("Removed relations ({count})", "删除的关系（{count}）"),
    "edges.updated": ("Changed relations ({count})", "变更的关系（{count}）"),
    "edges.type": ("{type} ({count})", "{type}（{count}）"),
    "schemes.changed": ("Schemes ({count})", "体系（{count}）"),
    "courses.created": ("New courses ({count})", "新增课程（{count}）"),
    "courses.updated": ("Changed courses ({count})", "变更的课程（{count}）"),
    "courses.removed": ("Removed courses ({count})", "删除的课程（{count}）"),
    # -- what happened
    "CREATE": ("created", "新增"),
    "UPDATE": ("updated", "更新"),
    "DEPRECATE": ("deprecated", "弃用"),
    "RESTORE": ("restored", "恢复"),
    "REMOVE": ("removed", "删除"),
    "under": ("under {parents}", "位于 {parents} 之下"),
    "moved": ("from {old} to {new}", "从 {old} 移至 {new}"),
    "REPLACED": ("replaced by {names}", "由 {names} 取代"),
    "MERGED": ("merged into {names}", "并入 {names}"),
    "SPLIT": ("split into {names}", "拆分为 {names}"),
    "RETIRED": ("retired", "停用"),
    "followed": ("now {names}", "现为 {names}"),
    "differs": ("{field}: {old} → {new}", "{field}：{old} → {new}"),
    "added": ("{field} added: {values}", "{field} 增加：{values}"),
    "dropped": ("{field} removed: {values}", "{field} 移除：{values}"),
    "altered": ("{field} changed", "{field} 有变更"),
    "altered.keys": ("{field} changed: {values}", "{field} 有变更：{values}"),
    "in": ("{field} ({lang})", "{field}（{lang}）"),
    "reason": ("reason: {text}", "原因：{text}"),
    "none": ("none", "无"),
    "True": ("yes", "是"),
    "False": ("no", "否"),
    "comma": (", ", "、"),
    "semicolon": ("; ", "；"),
    "colon": (": ", "："),
    "opening": (" (", "（"),
    "closing": (")", "）"),
    # -- entities and edges
    "SCHEME": ("schemes", "体系"),
    "CONCEPT": ("concepts", "概念"),
    "EDGE": ("relations", "关系"),
    "COURSE": ("courses", "课程"),
    "BROADER": ("broader", "上位"),
    "REQUIRES": ("requires", "先修"),
    "EASES": ("eases", "助益"),
    "NEEDS": ("needs", "需要"),
    "MAPS_TO": ("maps to", "映射"),
    "AREA": ("area", "大类"),
    "DOMAIN": ("domain", "领域"),
    "SKILL_GROUP": ("skill group", "技能组"),
    "SKILL": ("skill", "技能"),
    "ROLE_GROUP": ("role group", "岗位组"),
    "ROLE": ("role", "岗位"),
    # -- values
    "COMPETENCE": ("competence", "能力"),
    "KNOWLEDGE": ("knowledge", "知识"),
    "TOOL": ("tool", "工具"),
    "LANGUAGE": ("language", "语言"),
    "TRANSVERSAL": ("transversal", "通用"),
    "CERTIFICATION": ("certification", "证书"),
    "ESSENTIAL": ("essential", "必需"),
    "OPTIONAL": ("optional", "可选"),
    "HARD": ("hard", "硬性"),
    "COREQUISITE": ("corequisite", "同修"),
    "RECOMMENDED": ("recommended", "建议"),
    "INFERRED": ("inferred", "推断"),
    "EXACT": ("exact", "完全匹配"),
    "CLOSE": ("close", "近似匹配"),
    "BROAD": ("broad", "上位匹配"),
    "NARROW": ("narrow", "下位匹配"),
    "RELATED": ("related", "相关"),
    # -- fields, by their names in dumps
    "PREFERRED": ("label", "名称"),
    "ALTERNATIVE": ("other labels", "别名"),
    "HIDDEN": ("hidden labels", "隐藏名称"),
    "assumes": ("assumed skills", "先修技能"),
    "attribution": ("attribution", "署名"),
    "confidence": ("confidence", "置信度"),
    "data": ("data", "数据"),
    "definitions": ("definition", "定义"),
    "description": ("description", "描述"),
    "hours": ("hours", "学时"),
    "importance": ("importance", "重要性"),
    "kind": ("kind", "类别"),
    "lang": ("language", "语言"),
    "level": ("level", "等级"),
    "licence": ("licence", "许可"),
    "namespace": ("namespace", "命名空间"),
    "necessity": ("necessity", "必要性"),
    "outcomes": ("outcomes", "学习成果"),
    "predicate": ("match", "匹配"),
    "price": ("price", "价格"),
    "primary": ("main parent", "主上位"),
    "provider": ("provider", "提供者"),
    "skillType": ("type", "类型"),
    "source": ("source", "来源"),
    "sourceUrl": ("source address", "来源地址"),
    "stale": ("stale", "待复核"),
    "teaches": ("skills taught", "所授技能"),
    "title.field": ("title", "标题"),
    "transfer": ("transfer", "迁移度"),
    "uri": ("address", "标识地址"),
    "url": ("address", "网址"),
    "version": ("version", "版本号"),
}


class Words:
    """The words in the language that fits a BCP 47 tag best: English where there is none."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._column = LANGUAGES.index(choose(lang, LANGUAGES) or LANGUAGES[0])

    def say(self, key: str, **values: object) -> str:
        """The words of a key, with values put in."""
        return _TABLE[key][self._column].format(**values)

    def value(self, value: object) -> str:
        """A field's value: enums and truth in words, None as none, all else as it is."""
        if value is None:
            return self.say("none")
        text = str(value)
        if isinstance(value, float) and value.is_integer():
            text = str(int(value))
        return self.say(text) if text in _TABLE and (text.isupper() or isinstance(value, bool)) else text

    def join(self, values: Iterable[str]) -> str:
        """Values one after the other; none where there are none."""
        return self.say("comma").join(values) or self.say("none")
