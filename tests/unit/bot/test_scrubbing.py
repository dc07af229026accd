"""What is kept of a question names nobody: real sentences with made-up names, agencies, places, numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.figures import kept
from bot.figures import vocabulary as making
from bot.figures.kept import keep_vocabularies, vocabulary
from bot.figures.scrubbing import FEWEST_WORDS, LONGEST, scrubbed
from bot.figures.vocabulary import GONE, NUMBER, UNSPACED, examples_of, made_of_examples, names, words_of
from translations.languages import LANGUAGES

QUALITY = Path(__file__).resolve().parents[2] / "quality"

PERSONAL = [
    (
        "en",
        "Hello my name is Sunita Gurung from Dhading, Golden Gate Overseas took 150,000 from me, call 9841234567, "
        "can I get my money back",
        ["sunita", "gurung", "dhading", "golden", "gate", "150", "984"],
    ),
    (
        "en",
        "can my boss Mr Karim Uddin keep my passport C1234567 in qatar, he is at www.blue-sky.example/karim or "
        "karim@blue-sky.example or @karim_bs on facebook",
        ["karim", "uddin", "1234567", "sky", "example", "bs"],
    ),
    ("en", "call me on nine eight four one two three four five, can I get my money back", ["nine", "four", "five"]),
    ("en", "CAN I GET MY MONEY BACK FROM HORIZON STAR RECRUITERS OF RAMESH", ["horizon", "star", "ramesh"]),
    (
        "ne",
        "मेरो नाम सुनिता गुरुङ हो, ब्लु स्काई ओभरसिज म्यानपावरले १५०००० लियो अनि पैसा फिर्ता दिएन, ९८४१२३४५६७ मा फोन गर्नुस्",
        ["सुनिता", "गुरुङ", "ब्लु", "स्काई", "984", "९८४", "१५"],
    ),
    (
        "ne",
        "mero nam Bishal Thapa ho, Golden Gate Manpower le 2 lakh liyo paisa farkaudaina ke garne",
        ["bishal", "thapa", "golden", "gate"],
    ),
    (
        "ur",
        "میرا نام شبانہ پروین ہے، الفلاح ٹریولز لاہور نے 300000 روپے لیے، 03001234567 پر فون کریں، پیسے کیسے ملیں گے",
        ["شبانہ", "پروین", "الفلاح", "ٹریولز", "0300", "3000"],
    ),
    (
        "ur",
        "mera naam Imran Akram hai, Al Falah Travels ne teen lakh liye paise wapas nahi de raha",
        ["imran", "akram", "falah", "travels"],
    ),
    (
        "km",
        "ខ្ញុំឈ្មោះ ចាន់ ដារ៉ា ក្រុមហ៊ុន ហ្គោលដិនហ្គេត យកលុយខ្ញុំ ១៥០០ ដុល្លារ ទូរស័ព្ទ ០១២៣៤៥៦៧៨ តើអាចយកលុយវិញបានទេ",
        ["ចាន់", "ដារ៉ា", "ហ្គោលដិន", "០១២", "១៥០០", "012"],
    ),
    (
        "km",
        "មេខ្យល់ សុខ វណ្ណា នៅភូមិព្រៃទទឹង យកលុយប្អូនថ្លៃខ្ញុំ ២ លានរៀល",
        ["សុខ", "វណ្ណា", "ព្រៃទទឹង", "២"],
    ),
    (
        "th",
        "ผมชื่อสมชาย ใจดี บริษัทจัดหางานสยามทองคำ เก็บเงินผม 80000 บาท โทร 081-234-5678 ที่บ้านเลขที่ 12 อุดรธานี จะได้เงินคืนไหม",
        ["สมชาย", "ใจดี", "สยาม", "ทองคำ", "081", "อุดร", "80000"],
    ),
    ("th", "นายประเสริฐ บุญมี ขอเงินก่อน 30000 บอกว่าไปอิสราเอล ไม่มีใบเสร็จให้", ["ประเสริฐ", "บุญมี", "30000"]),
    (
        "my",
        "ကျွန်တော့်နာမည် ကိုအောင်ကျော်ပါ ရွှေမြန်မာ အေဂျင်စီက ပိုက်ဆံ ၁၅ သိန်း ယူသွားတယ် ၀၉၄၅၆၇၈၉၀၁၂ ကိုဆက်ပါ",
        ["အောင်", "ကျော်", "ရွှေ", "၀၉၄", "၁၅", "094"],
    ),
    (
        "lo",
        "ຂ້ອຍຊື່ ສົມສັກ ບໍລິສັດ ລ້ານຊ້າງ ເອົາເງິນ 50000 ບາດ ໂທ 020 5551 2345 ເຮັດແນວນີ້ຖືກກົດໝາຍບໍ່",
        ["ສົມສັກ", "ຊ້າງ", "020", "50000"],
    ),
    ("vi", "Anh Nam công ty Hoàng Long Phát ở Vinh lừa tôi 50 triệu, gọi 0912345678", ["nam", "hoàng", "phát", "0912"]),
    ("id", "Pak Budi dari PT Bintang Jaya minta uang 20 juta, paspor saya C1234567 ditahan", ["budi", "jaya", "123"]),
    ("fil", "Si Aling Marites ng Perlas Silangan Agency ay humingi ng 25000, 0917123", ["marites", "perlas", "0917"]),
    ("bn", "আমার নাম রুবেল মিয়া, সোনালী ওভারসিজ ৪ লাখ টাকা নিয়েছে, ০১৭১২৩৪৫৬৭৮", ["রুবেল", "মিয়া", "সোনালী", "০১৭"]),
    ("hi", "मेरा नाम राहुल यादव है, गोल्डन ओवरसीज़ ने पैसे लिए और वापस नहीं कर रहा, 9876543210", ["राहुल", "यादव", "गोल्डन"]),
    ("si", "මගේ නම නිමල් පෙරේරා, සිහින ඒජන්සිය රුපියල් 300000 ගත්තා, 0771234567", ["නිමල්", "පෙරේරා", "සිහින", "077"]),
    ("ta", "என் பெயர் முருகன், ஸ்டார் ஏஜென்சி 200000 ரூபாய் வாங்கிட்டாங்க, 0771234567", ["முருகன்", "ஸ்டார்", "077"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "personal"), PERSONAL, ids=[f"{p[0]}-{n}" for n, p in enumerate(PERSONAL)]
)
def test_no_name_agency_place_or_number_survives(language: str, text: str, personal: list[str]) -> None:
    left = scrubbed(text, language) or ""
    joined = left.replace(" ", "")  # scripts without spaces are shown word by word
    assert [word for word in personal if word in left or word in joined] == []
    assert not any(character.isdigit() for character in left)


PLACES = [
    ("en", "my sister took my passport in kathmandu what now", "kathmandu"),
    ("en", "can i get my money back in Dubai", "dubai"),
    ("ne", "काठमाडौंमा मेडिकल कहाँ गर्ने", "काठमाडौं"),
    ("ne", "दुबईमा मेडिकल कहाँ गर्ने", "दुबई"),
    ("bn", "ঢাকা থেকে সৌদি যেতে কত টাকা লাগে", "ঢাকা"),
    ("hi", "मुंबई से दुबई जाने का कितना पैसा लगता है", "मुंबई"),
    ("ur", "لاہور سے دبئی جانے کے کتنے پیسے لگتے ہیں", "لاہور"),
    ("si", "කොළඹ ඉඳන් කටාර් යන්න කීයක් යනවද", "කොළඹ"),
    ("ta", "சென்னையில் இருந்து கத்தார் போக எவ்வளவு", "சென்னை"),
    ("fil", "may agency sa ermita na humingi ng placement fee", "ermita"),
    ("id", "saya dari indramayu mau kerja ke taiwan biaya berapa", "indramayu"),
    ("vi", "tôi ở nghệ an muốn đi đài loan thì mất bao nhiêu tiền", "nghệ an"),
    ("vi", "toi o nghe an muon di dai loan thi mat bao nhieu tien", "nghe an"),
    ("th", "จากอุดรไปไต้หวันเสียเงินเท่าไหร่", "อุดร"),
    ("my", "ရန်ကုန်ကနေ ထိုင်းသွားဖို့ ဘယ်လောက်ကျလဲ", "ရန်ကုန်"),
    ("km", "ពីបាត់ដំបងទៅថៃអស់លុយប៉ុន្មាន", "បាត់ដំបង"),
    ("lo", "ຢູ່ສະຫວັນນະເຂດຢາກໄປເຮັດວຽກໄທເສຍເງິນເທົ່າໃດ", "ສະຫວັນນະເຂດ"),
]


@pytest.mark.parametrize(("language", "text", "place"), PLACES, ids=[f"{p[0]}-{n}" for n, p in enumerate(PLACES)])
def test_a_place_that_stands_in_our_own_examples_is_left_out(language: str, text: str, place: str) -> None:
    """Else a home district or a quarter full of agencies would stay just because we have written it down."""
    examples = "\n".join(examples_of(language)).lower()
    assert place in examples
    left = scrubbed(text, language)
    assert left is not None, "the question itself is one of ours"
    assert place not in left
    assert place.replace(" ", "") not in left.replace(" ", "")


@pytest.mark.parametrize("language", UNSPACED)
def test_a_place_leaves_the_words_around_it(language: str) -> None:
    place = {"th": "ดูไบ", "lo": "ດູໄບ", "km": "ឌូបៃ", "my": "ဒူဘိုင်း"}[language]
    assert words_of(f"x {place} y", language) == ["x", GONE, "y"]


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "can my boss keep my passport in qatar?", "can my boss keep my passport in qatar"),
        ("en", "Ramesh of Golden Gate says can i get my money back", "… can i get my money back"),
        ("ur", "ٹکٹ کے پیسے کون دے گا میں یا کمپنی", "ٹکٹ کے پیسے کون دے گا میں یا کمپنی"),
        ("ne", "हर्कमानले भन्यो, भिसा फ्री टिकट भनेको के हो", None),
    ],
)
def test_what_is_asked_stays_readable(language: str, text: str, left: str | None) -> None:
    assert left is None or scrubbed(text, language) == left


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_questions_of_that_language_leave_something_to_learn_from(language: str) -> None:
    texts = [json.loads(line)["text"] for line in (QUALITY / f"{language}.jsonl").read_text("utf-8").splitlines()]
    left = [words for words in (scrubbed(text, language) for text in texts) if words]
    assert len(left) > len(texts) / 3
    for words in left:
        known = [word for word in words.split() if word not in (GONE, NUMBER)]
        assert len(known) >= FEWEST_WORDS
        assert not any(character.isdigit() or character in "@/\n" for character in words)


STRANGERS = {
    "th": "อนุชา ศิริพร กมลวรรณ สุภาพร พรทิพย์ วันชัย น้ำฝน ทองดี มีชัย แสงดาว สุขใจ",
    "km": "សំណាង វិចិត្រ សុវណ្ណ ចាន់ធូ បូរ៉ា រស្មី គឹមហុង ស្រីពៅ ណារិន សំអាត មករា",
    "my": "သန်းသန်းအေး မြတ်နိုး ဝေဖြိုး ဇင်မာ ရဲရင့် ခိုင်ဇာ မိုးမိုး ဆွေဆွေ အောင်မြင့်မော်",
    "lo": "ວຽງໄຊ ພອນສະຫວັນ ຄຳຫຼ້າ ດາລາ ວິໄລ ແສງດາວ ໄພວັນ ທອງໄສ ອຳພອນ",
    "ne": "अस्मिता निर्मल प्रतिमा उज्ज्वल शान्ति सपना रोशन खुशी",
    "ur": "نور خوشبو امید بہار ثناء نورین رحمت",
}  # fmt: skip
"""Names that are on no list of ours; most of them are also words."""


@pytest.mark.parametrize("language", STRANGERS)
def test_a_name_on_no_list_vanishes_wherever_it_stands(language: str) -> None:
    known = STRANGERS[language].split()
    for number, line in enumerate((QUALITY / f"{language}.jsonl").read_text("utf-8").splitlines()):
        text, name = json.loads(line)["text"], known[number % len(known)]
        if name in text:
            continue
        words = text.split(" ")
        place = number % (len(words) + 1)
        left = scrubbed(" ".join([*words[:place], name, *words[place:]]), language) or ""
        assert name not in (left.replace(" ", "") if language in UNSPACED else left.split()), (text, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_without_spaces_is_known_as_one(language: str) -> None:
    """In such a one a name that is cut into pieces would stay, since two of them stand together somewhere."""
    told = "".join(examples_of(language))
    spaces = told.count(" ") / len(told)
    assert (spaces < 0.08) == (language in UNSPACED), spaces


@pytest.mark.parametrize("language", LANGUAGES)
def test_common_names_are_no_known_words(language: str) -> None:
    assert [name for name in names(language) if name in vocabulary(language).numbers] == []


@pytest.mark.parametrize(
    "text", ["", "   ", "9841234567", "Sunita", "money back", "\ua7f8\ua7fa", "🙂🙂🙂", "\ud83d", "a.b.c"]
)
def test_too_little_is_nothing(text: str) -> None:
    assert scrubbed(text, "en") is None


def test_a_long_story_is_cut_before_it_is_read() -> None:
    story = "x" * LONGEST + " can my boss keep my passport"
    assert scrubbed(story, "en") is None


def test_the_length_of_a_name_is_not_told() -> None:
    one = scrubbed("can i get my money back from Zeta", "en")
    assert (
        one == scrubbed("can i get my money back from Zeta Omega Kappa Sigma", "en") == "can i get my money back from …"
    )


def test_a_language_that_is_none_of_ours_is_an_error() -> None:
    with pytest.raises(KeyError):
        scrubbed("bonjour", "fr")


class TestKept:
    """Made at training, so that nobody waits a second for the first question of a language."""

    def test_what_was_kept_is_what_would_be_made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made = {language: made_of_examples(language) for language in ("fil", "km")}
        monkeypatch.setattr(kept, "LANGUAGES", {language: LANGUAGES[language] for language in made})
        keep_vocabularies(tmp_path)
        monkeypatch.setattr(kept, "made_of_examples", lambda language: pytest.fail("made again"))
        assert {language: vocabulary(language, tmp_path) for language in made} == made

    def test_other_examples_make_another_one_and_the_old_goes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        examples = tmp_path / "examples"
        examples.mkdir()
        monkeypatch.setattr(kept, "EXAMPLES", examples)
        monkeypatch.setattr(making, "EXAMPLES", examples)
        monkeypatch.setattr(kept, "LANGUAGES", {"en": LANGUAGES["en"]})
        found = []
        for words in ("how much", "how long"):
            lines = "\n".join(f"    - {words}" for _ in range(2))
            (examples / "en.yml").write_text(f"nlu:\n- intent: ask\n  examples: |\n{lines}\n", encoding="utf-8")
            keep_vocabularies(tmp_path / "kept")
            vocabulary.cache_clear()
            found.append(set(vocabulary("en", tmp_path / "kept").numbers))
        vocabulary.cache_clear()
        assert found == [{"how", "much"}, {"how", "long"}]
        assert len(list((tmp_path / "kept").iterdir())) == 1

    def test_a_broken_file_costs_the_time_of_making_it_only(self, tmp_path: Path) -> None:
        file = kept._file_of("fil", tmp_path)
        file.write_bytes(b"PK half of it")
        assert vocabulary("fil", tmp_path).numbers
