"""Jobs as people write them, in fourteen languages and romanised; and sentences that name none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.occupations import Occupations
from nlu.extraction.occupations import OccupationFinder, OccupationMention, jobs_by_phrase

# Text → the jobs it names, from left to right.
ENGLISH = {
    "I'm a maid in Kuwait": "domestic_worker",
    "housemaids salary in saudi": "domestic_worker",
    "they call me khadama": "domestic_worker",
    "I work as DH in Hong Kong": "domestic_worker",
    "FDH contract renewal": "domestic_worker",
    "nanny in Dubai, no day off": "child_carer",
    "taking care of an old woman in Taipei": "elderly_carer",
    "i am a caregiver in israel": "household_caregiver",
    "house driver, visa no 18": "family_driver",
    "heavy driver in Qatar": "driver",
    "They promised driver but gave construction": "driver, construction",
    "steel fixer 1000 riyal": "construction",
    "security guard 12 hours duty": "security_guard",
    "working as a security in Doha": "security_guard",
    "I work in a hotel": "hospitality",
    "Hotel": "hospitality",
    "waiter visa for Malaysia": "restaurant",
    "talabat rider, bike accident": "delivery_rider",
    "Welder or plumber?": "technician, technician",
    "loading unloading job in Oman": "warehouse_loader",
    "garment factory in Jordan": "garment_worker",
    "worker on a fishing boat": "fisher",
    "seaman on a cruise ship": "seafarer, cruise_ship_worker",
    "SSW or technical intern?": "specified_skilled_worker, technical_intern",
    "EPS Korea, E-9": "eps_worker, eps_worker",
}
NEPALI = {
    "म घरेलु कामदार हुँ": "domestic_worker",
    "कुवेतमा घरको काम गर्छु": "domestic_worker",
    "दुबईमा ड्राइभरको तलब कति हुन्छ": "driver",
    "म घरको ड्राइभर हुँ": "family_driver",
    "कतारमा मिस्त्रीको काम": "construction",
    "सेक्युरिटी गार्ड भनेर लगे": "security_guard",
    "फ्याक्ट्रीमा काम गर्छु": "factory",
    "ghar ko kaam garna Kuwait jane": "domestic_worker",
    "safai ko kaam, Qatar": "cleaner",
    "hotel ma kaam garchu": "hospitality",
    "mistri ko talab kati": "construction",
}
BENGALI = {
    "আমি গৃহকর্মী": "domestic_worker",
    "সৌদিতে বাসার কাজে গেছিলাম": "domestic_worker",
    "ড্রাইভারের বেতন কত": "driver",
    "রাজমিস্ত্রির কাজ": "construction",
    "গার্মেন্টসে কাজ করি": "garment_worker",
    "ক্লিনারের চাকরি": "cleaner",
    "kajer meye hisebe gesi": "domestic_worker",
    "hotel e kaj kori": "hospitality",
}
HINDI = {
    "मैं नौकरानी हूँ": "domestic_worker",
    "ड्राइवर का वीजा": "driver",
    "राज मिस्त्री का काम": "construction",
    "वेल्डर और प्लंबर": "technician, technician",
    "सफाई का काम करता हूँ": "cleaner",
    "कारीगर हूं": "technician",
    "kaamwali hu saudi me": "domestic_worker",
    "ghar ka driver hu": "family_driver",
    "hamali ka kaam": "warehouse_loader",
}
URDU = {
    "میں گھریلو ملازمہ ہوں": "domestic_worker",
    "ڈرائیور کی تنخواہ": "driver",
    "مستری کا کام": "construction",
    "چوکیدار ہوں": "security_guard",
    "ہوٹل میں کام": "hospitality",
    "درزی": "garment_worker",
}
SINHALA = {
    "මම ගෘහ සේවිකාවක්": "domestic_worker",
    "කුවේට් හවුස්මේඩ් කෙනෙක්": "domestic_worker",
    "රියදුරු රැකියාවක්": "driver",
    "ගාමන්ට් එකේ වැඩ": "garment_worker",
    "gedara wada karanawa": "domestic_worker",
    "මේසන් බාස් කෙනෙක්": "construction",
}
TAMIL = {
    "நான் வீட்டு வேலை செய்கிறேன்": "domestic_worker",
    "டிரைவருக்கு சம்பளம் எவ்வளவு": "driver",
    "கொத்தனார் வேலை": "construction",
    "மீன்பிடி படகில் வேலை": "fisher",
    "veettu velai seiren": "domestic_worker",
    "தொழிற்சாலையில் வேலை": "factory",
}
FILIPINO = {
    "kasambahay po ako sa Riyadh": "domestic_worker",
    "Yaya ako sa Dubai": "child_carer",
    "bilang DH sa Kuwait": "domestic_worker",
    "drayber ang asawa ko": "driver",
    "mananahi sa Jordan": "garment_worker",
    "nag-aalaga ng matanda sa Taiwan": "elderly_carer",
    "mangingisda sa Taiwan": "fisher",
}
INDONESIAN = {
    "saya pembantu di Malaysia": "domestic_worker",
    "Saya TKW di Arab": "domestic_worker",
    "jadi PRT di Singapura": "domestic_worker",
    "kerja sebagai ART": "domestic_worker",
    "sopir pribadi di Saudi": "family_driver",
    "supir truk": "driver",
    "ABK kapal ikan Taiwan": "fisher",
    "kebun sawit di Sabah": "plantation_worker",
    "jaga lansia di Taiwan": "elderly_carer",
}
VIETNAMESE = {
    "tôi làm giúp việc ở Đài Loan": "domestic_worker",
    "giup viec nha o Saudi": "domestic_worker",
    "tài xế xe tải": "driver",
    "cong nhan xay dung": "construction",
    "công nhân may mặc": "garment_worker",
    "khán hộ công": "household_caregiver",
    "thực tập sinh ở Nhật": "technical_intern",
    "làm bảo vệ ở Dubai": "security_guard",
}
THAI = {
    "ฉันเป็นแม่บ้านในฮ่องกง": "domestic_worker",
    "ผมเป็นคนขับรถ": "driver",
    "ทำงานก่อสร้างที่ไต้หวัน": "construction",
    "ทำงานโรงงาน": "factory",
    "ไปเก็บเบอร์รี่ที่ฟินแลนด์": "seasonal_berry_picker",
    "ทำงานโรงแรม": "hospitality",
    "ลูกเรือประมง": "fisher",
}
BURMESE = {
    "စင်ကာပူမှာ အိမ်ဖော်လုပ်နေတယ်": "domestic_worker",
    "ထိုင်းမှာ ဆောက်လုပ်ရေးလုပ်တယ်": "construction",
    "အထည်ချုပ်စက်ရုံမှာ လုပ်တယ်": "garment_worker",
    "ငါးဖမ်းသင်္ဘောပေါ်မှာ": "fisher",
    "ကားမောင်းတဲ့အလုပ်": "driver",
}
KHMER = {
    "ខ្ញុំធ្វើជាមេបំរើនៅម៉ាឡេស៊ី": "domestic_worker",
    "ខ្ញុំធ្វើសំណង់នៅថៃ": "construction",
    "រោងចក្រកាត់ដេរ": "garment_worker",
    "ទូកនេសាទថៃ": "fisher",
    "អ្នករត់តុ": "restaurant",
}
LAO = {
    "ຂ້ອຍເປັນແມ່ບ້ານຢູ່ໄທ": "domestic_worker",
    "ເຮັດວຽກກໍ່ສ້າງ": "construction",
    "ເຮັດວຽກໂຮງງານ": "factory",
    "ຄົນຂັບລົດ": "driver",
    "ເຮັດວຽກຢູ່ຮ້ານອາຫານ": "restaurant",
}
LANGUAGES = (
    *(ENGLISH, NEPALI, BENGALI, HINDI, URDU, SINHALA, TAMIL, FILIPINO, INDONESIAN),
    *(VIETNAMESE, THAI, BURMESE, KHMER, LAO),
)

TRAPS = (
    "I want a job in Qatar",
    "what is the minimum wage for a worker",
    "labour court in Kuwait",
    "company labour law",
    "they took a security deposit",
    "social security in Korea",
    "the agent told me to come to the hotel",
    "my salary is 1500 DH",
    "500 dh only",
    "is it legal art or not",
    "maiden name on my passport",
    "I fell in the hospital kitchen",
    "I have a driving licence",
    "is the agency office open",
    "send money to mom's shop",
    "he is a civil servant",
    "guard my passport please",
    "म काम खोज्दैछु",
    "होटलमा बसिरहेको छु",
    "मेडिकल फेल भयो",
    "मेडम ले पासपोर्ट लगिन्",
    "kaam ko lagi kati paisa",
    "সামাজিক নিরাপত্তা",
    "আমি কাজ চাই",
    "काम चाहिए",
    "मजदूर का हक",
    "babu, paisa kab milega",
    "کام نہیں ملا",
    "රැකියාවක් ඕන",
    "எனக்கு வேலை வேண்டும்",
    "mali ang sahod ko",
    "gusto ko ng trabaho",
    "mau kerja di Taiwan",
    "bảo vệ quyền lợi người lao động",
    "có khi nào được nghỉ",
    "co khi nao duoc nghi",
    "tôi muốn tìm việc",
    "visa điện tử",
    "พยายามหางาน",
    "อยู่โรงพยาบาล",
    "ค่ารักษาพยาบาล",
    "อยากทำงานที่เกาหลี",
    "အလုပ်လိုချင်တယ်",
    "ខ្ញុំចង់បានការងារ",
    "សំណងការងារ",
    "ຂ້ອຍຢາກໄດ້ວຽກ",
    "",
)


_FINDER = OccupationFinder()


@pytest.fixture
def finder() -> OccupationFinder:
    return _FINDER


@pytest.mark.parametrize(("text", "jobs"), [pair for language in LANGUAGES for pair in language.items()])
def test_finds_jobs(finder: OccupationFinder, text: str, jobs: str) -> None:
    assert ", ".join(mention.value for mention in finder.find(text)) == jobs


@pytest.mark.parametrize("text", TRAPS)
def test_finds_no_job_where_none_is_named(finder: OccupationFinder, text: str) -> None:
    assert finder.find(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A HOUSE  MAID, in Kuwait", "HOUSE  MAID"),
        ("ड्राइभरको तलब", "ड्राइभर"),
        ("ฉันเป็นแม่บ้านค่ะ", "แม่บ้าน"),
        ("டிரைவருக்கு", "டிரைவரு"),
        ("E\u200b-9 visa, welder", "welder"),
        ("EPS-TOPIK", "EPS-TOPIK"),
    ],
)
def test_says_where_the_words_stand(finder: OccupationFinder, text: str, words: str) -> None:
    mention = finder.find(text)[-1]
    assert text[mention.start : mention.end] == words


def test_every_job_of_the_lookup_is_in_the_taxonomy() -> None:
    jobs = set().union(*jobs_by_phrase().values())
    assert jobs == set(Occupations.load())


def test_no_phrase_stands_under_two_jobs() -> None:
    assert {phrase: jobs for phrase, jobs in jobs_by_phrase().items() if len(jobs) > 1} == {}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_survives_any_text(text: str) -> None:
    for mention in _FINDER.find(text):
        assert isinstance(mention, OccupationMention)
        assert 0 <= mention.start < mention.end <= len(text)


def test_is_fast(finder: OccupationFinder) -> None:
    text = ("i work in a hotel as a maid and driver, " * 5)[:200]
    best = min(_seconds(finder, text) for _ in range(50))
    assert best < 0.001


def _seconds(finder: OccupationFinder, text: str) -> float:
    start = time.perf_counter()
    finder.find(text)
    return time.perf_counter() - start
