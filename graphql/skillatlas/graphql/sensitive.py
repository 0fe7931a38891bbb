"""Names of facts about a person that must not matter, so that an input that carries one is refused and not ignored."""

import re
import unicodedata

# Whole words, as they stand in names of fields and columns.
_ENGLISH = frozenset(
    (
        *("age", "ages", "aged", "birth", "birthday", "birthdate", "birthplace", "birthyear", "dateofbirth"),
        *("placeofbirth", "yearofbirth", "dob", "yob"),
        *("sex", "sexes", "gender", "genders", "pronoun", "pronouns", "sexuality", "orientation"),
        *("nationality", "nationalities", "citizenship", "citizenships", "immigration", "immigrant"),
        *("ethnic", "ethnicity", "ethnicities", "race", "races", "racial", "caste", "skin"),
        *("religion", "religions", "religious", "faith", "creed", "belief", "beliefs"),
        *("health", "disability", "disabilities", "disabled", "illness", "disease", "pregnancy", "pregnant"),
        *("union", "unions", "political", "politics", "party"),
        *("photo", "photos", "photograph", "portrait", "picture"),
        *("marital", "married", "spouse", "children"),
    )
)
_CHINESE = (
    *("年龄", "年齡", "岁数", "歲數", "出生", "生日", "性别", "性別", "性取向"),
    *("民族", "种族", "種族", "族裔", "国籍", "國籍", "籍贯", "籍貫", "户籍", "戶籍"),
    *("宗教", "信仰", "健康", "残疾", "殘疾", "疾病", "怀孕", "懷孕", "婚姻", "婚否", "生育"),
    *("工会", "工會", "政治面貌", "党派", "黨派", "照片", "相片", "肖像"),
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def is_sensitive(name: str) -> bool:
    """Whether the name of a field or column is about such a fact.

    English by whole words of camelCase, snake_case and spaced names (`dateOfBirth`, `marital_status`; not
    `language`, `page`), Chinese wherever it stands.
    """
    plain = unicodedata.normalize("NFKC", name)
    if any(word in plain for word in _CHINESE):
        return True
    return any(word.lower() in _ENGLISH for word in _WORDS.findall(plain))
