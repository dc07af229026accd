"""Sums of money as people write them, in fourteen languages and romanised; and numbers that are no sums."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.extraction.money import MoneyFinder, MoneyMention, resolve_currency

NAMES = {
    "rupees": ("NPR", "INR", "PKR", "LKR"),
    "riyal": ("SAR", "QAR", "OMR"),
    "dinar": ("KWD", "BHD", "JOD"),
    "dollar": ("USD", "SGD", "HKD", "TWD"),
    "shilling": ("KES", "UGX"),
    "pound": ("GBP", "LBP"),
    "k": ("MMK", "LAK"),
}

# Text → its sums: amount, then the currency or the ambiguous name, then "/period".
ENGLISH = {
    "is 150000 legal": "150000",
    "agent asks 1,50,000 rupees": "150000 rupees",
    "They want Rs.1,50,000/- before the visa": "150000 rupees",
    "Rs 5000": "5000 rupees",
    "NRs. 75,000 for Qatar": "75000 NPR",
    "PKR 2.5 lakh": "250000 PKR",
    "1.5 lakh nepali rupees": "150000 NPR",
    "1.5L for the visa": "150000",
    "150k": "150000",
    "2M shillings": "2000000 shilling",
    "50-60 thousand": "50000, 60000",
    "Rs 50,000-60,000": "50000 rupees, 60000 rupees",
    "between $500-600": "500 dollar, 600 dollar",
    "1 to 2 lakh": "100000, 200000",
    "NT$1,800": "1800 TWD",
    "NT 1800 monthly brokerage fee": "1800 TWD/month",
    "HK$5,100 a month": "5100 HKD/month",
    "US$ 400 monthly": "400 USD/month",
    "salary 1500 SAR/month, visa fee 2 lakh": "1500 SAR/month, 200000",
    "1200 riyal per month": "1200 riyal/month",
    "1200 Qatari riyals": "1200 QAR",
    "oman 120 rials": "120 riyal",
    "120 KD": "120 KWD",
    "1.500 KD": "1.5 KWD",
    "BD 90": "90 BHD",
    "JD 190 monthly": "190 JOD/month",
    "3000 dhs penalty": "3000 AED",
    "AED1500": "1500 AED",
    "500 lebanese pounds": "500 LBP",
    "£20 per hour": "20 GBP/hour",
    "€1,200": "1200 EUR",
    "ksh 90,000": "90000 KES",
    "3 million shillings": "3000000 shilling",
    "25,000 birr": "25000 ETB",
    "RM1,700 basic": "1700 MYR",
    "S$650": "650 SGD",
    "2 million won": "2000000 KRW",
    "150,000 yen": "150000 JPY",
    "500/- only": "500",
    "two and a half lakh": "250000",
    "half a million won": "500000 KRW",
    "two hundred and fifty thousand": "250000",
    "a lakh rupees": "100000 rupees",
    "1 lakh 20 thousand": "120000",
    "1 lakh and 50 thousand": "150000",
    "five hundred dollars": "500 dollar",
    "they pay 2000": "2000",
    "total 2.8 lakh, 50 thousand first": "280000 /total, 50000",
    "fee for 2 Rs 50000": "50000 rupees",
    "K300000": "300000 k",
}
NEPALI = {
    "१५००००": "150000",
    "डेढ लाख": "150000",
    "साढे दुई लाख": "250000",
    "पाँच लाख": "500000",
    "१ लाख ५० हजार माग्यो": "150000",
    "दुई तीन लाख": "200000, 300000",
    "नेपाली रुपैयाँ २ लाख": "200000 NPR",
    "रु. ७५,०००": "75000 rupees",
    "महिनाको ३० हजार": "30000 /month",
    "मासिक तलब १२०० रियाल": "1200 riyal/month",
    "५०,००० देखि ६०,००० रुपैयाँ": "50000 rupees, 60000 rupees",
    "साढे ४ मिलियन वन": "4500000 KRW",
    "हजुर ८०० डलर": "800 dollar",
    "१२०० कतारी रियालको": "1200 QAR",
    "dedh lakh": "150000",
    "50-60 hajar": "50000, 60000",
    "panch lakh magyo": "500000",
    "2 lakh 20 hajar magdai 6": "220000",
    "150000ko kura": "150000",
    "mahinako 1200 riyal": "1200 riyal/month",
    "dosau riyal": "200 riyal",
    "paanchlakh": "500000",
}
HINDI_URDU = {
    "डेढ़ लाख": "150000",
    "सवा लाख": "125000",
    "ढाई लाख रुपये": "250000 rupees",
    "पौने दो लाख": "175000",
    "1 लाख 37 हजार": "137000",
    "80 हज़ार महीना": "80000 /month",
    "₹1,50,000": "150000 INR",
    "किसी से 50, किसी से 90 हज़ार": "90000",
    "हर महीने 1500 रियाल": "1500 riyal/month",
    "दो सौ दिरहम": "200 AED",
    "2 करोड़": "20000000",
    "do teen lakh rupaye": "200000 rupees, 300000 rupees",
    "saadhe teen lakh": "350000",
    "pachas hazar rupay": "50000 rupees",
    "5/6 lakh": "500000, 600000",
    "1500 riyal mahina": "1500 riyal/month",
    "ڈیڑھ لاکھ روپے": "150000 rupees",
    "۱۵۰۰۰۰ روپے": "150000 rupees",
    "ساڑھے تین لاکھ": "350000",
    "1200 درہم ماہانہ": "1200 AED/month",
    "٢٬٠٠٠ ریال": "2000 riyal",
    "پچاس ہزار": "50000",
}
BENGALI = {
    "সাড়ে চার লাখ টাকা": "450000 BDT",
    "৳৫০,০০০": "50000 BDT",
    "৩ লাখ ২০ হাজার": "320000",
    "মাসে ১২০০ ডলার": "1200 dollar/month",
    "১২০০ রিয়াল মাসে": "1200 riyal/month",
    "দেড় লাখে": "150000",
    "পাঁচশ টাকা": "500 BDT",
    "দুই-তিন লাখ": "200000, 300000",
    "৭৮,৯৯০ টাকা": "78990 BDT",
    "তিন লাখ সত্তর": "370000",
    "40 hajar tk": "40000 BDT",
    "4.5 lakh taka": "450000 BDT",
}
TAMIL_SINHALA = {
    "ரூ. 1,50,000": "150000 rupees",
    "ஒன்றரை லட்சம்": "150000",
    "இரண்டு லட்சத்து ஐம்பதாயிரம்": "250000",
    "ஐம்பதாயிரம் ரூபாய் கேட்கிறார்கள்": "50000 rupees",
    "மாதம் 1200 ரியால்": "1200 riyal/month",
    "௧௫௦௦௦௦": "150000",
    "rendu latcham": "200000",
    "50 aayiram": "50000",
    "ලක්ෂ දෙකක්": "200000",
    "ලක්ෂ දෙකහමාරක්": "250000",
    "රු. 350,000/=": "350000 rupees",
    "රුපියල් පනස් දහසක්": "50000 rupees",
    "පනස්දාහක්": "50000",
    "මාසෙට කුවේට් දිනාර් 100": "100 KWD/month",
    "ලක්ෂ 4යි 50,000ක්": "450000",
    "laksha 3k": "300000",
}
FILIPINO = {
    "₱50,000 placement fee": "50000 PHP",
    "P25,000": "25000 PHP",
    "limampung libong piso": "50000 PHP",
    "dalawampung libo": "20000",
    "dalawampu't limang libo": "25000",
    "kinse mil": "15000",
    "isang daang libo": "100000",
    "isang milyon": "1000000",
    "25k pesos": "25000 PHP",
    "400 dollars kada buwan": "400 dollar/month",
}
INDONESIAN = {
    "Rp 25.000.000": "25000000 IDR",
    "Rp4,5 juta": "4500000 IDR",
    "25jt": "25000000",
    "dua juta": "2000000",
    "dua puluh lima juta rupiah": "25000000 IDR",
    "setengah juta": "500000",
    "dua juta lima ratus ribu": "2500000",
    "500rb": "500000",
    "gaji 5.000.000 per bulan": "5000000 /month",
    "RM 1.700 sebulan": "1700 MYR/month",
    "sejuta rupiah": "1000000 IDR",
    "5 juta dong!": "5000000",
    "potongan NT$ 1.800 tiap bulan": "1800 TWD/month",
}
VIETNAMESE = {
    "2 triệu rưỡi": "2500000",
    "hai trăm triệu": "200000000",
    "phí 120tr": "120000000",
    "5tr5": "5500000",
    "2 triệu 500": "2500000",
    "1,5 triệu đồng": "1500000 VND",
    "500.000đ": "500000 VND",
    "lương 25 triệu/tháng": "25000000 /month",
    "5 củ một tháng": "5000000 /month",
    "hai ba triệu": "2000000, 3000000",
    "sau trieu": "6000000",
    "lương 1.500 đô một tháng": "1500 dollar/month",
    "80 nghìn": "80000",
    "20.000.000₫": "20000000 VND",
}
THAI_LAO = {
    "สองหมื่น": "20000",
    "สองแสนห้าหมื่น": "250000",
    "แสนห้า": "150000",
    "ครึ่งล้าน": "500000",
    "หมื่นห้าพันบาท": "15000 THB",
    "1.5 แสน": "150000",
    "เดือนละ 15,000 บาท": "15000 THB/month",
    "ค่าหัว 50000 เดือนละ 15000": "50000, 15000 /month",
    "วันละ 400 บาท": "400 THB/day",
    "๗๐,๐๐๐ บาท": "70000 THB",
    "27,470 เหรียญไต้หวัน": "27470 TWD",
    "฿9,000": "9000 THB",
    "ສອງໝື່ນຫ້າພັນບາດ": "25000 THB",
    "ສອງຫມື່ນ": "20000",
    "5 ລ້ານກີບ": "5000000 LAK",
    "ມື້ລະ 350 ບາດ": "350 THB/day",
    "1500 ໂດລາ ຕໍ່ເດືອນ": "1500 dollar/month",
    "໒໐໐໐໐ ບາດ": "20000 THB",
    "₭500,000": "500000 LAK",
}
KHMER_BURMESE = {
    "ក្នុងមួយខែ 300 ដុល្លារ": "300 dollar/month",
    "មួយលានវ៉ុន": "1000000 KRW",
    "ពីរម៉ឺនប្រាំពាន់បាត": "25000 THB",
    "១៥០០០ បាត": "15000 THB",
    "ប្រាំរយដុល្លារ": "500 dollar",
    "2 លានកន្លះ": "2500000",
    "400,000៛": "400000 KHR",
    "၁၅ သိန်း": "1500000",
    "သိန်း ၂၀": "2000000",
    "၅ သိန်း ၅ သောင်း": "550000",
    "ငါးသိန်းခွဲ": "550000",
    "ဆယ့်ငါးသိန်း": "1500000",
    "တစ်လ ၁၅၀၀ ရင်းဂစ်": "1500 MYR/month",
    "တစ်နေ့ ၃၅၀ ဘတ်": "350 THB/day",
    "၃၀၀၀၀၀ ကျပ်": "300000 MMK",
}
SUMS = {
    **ENGLISH, **NEPALI, **HINDI_URDU, **BENGALI, **TAMIL_SINHALA, **FILIPINO, **INDONESIAN, **VIETNAMESE,
    **THAI_LAO, **KHMER_BURMESE,
}  # fmt: skip

NO_SUMS = [
    "how long is the contract, 2 years?",
    "12 hours a day, 6 days a week",
    "25 saal ka hu",
    "umur 25 tahun",
    "อายุ 35 ปี",
    "hợp đồng 3 năm",
    "hop dong 3 nam",
    "अनुबंध २ साल का है",
    "مدت دو سال",
    "in 2019 i went to qatar",
    "minimum wage 2026",
    "act of 2064, section 15",
    "वैदेशिक रोजगार ऐन २०६४",
    "พ.ศ. 2551",
    "republic act 10022",
    "Article 1234 of the law",
    "passport no 12345678",
    "my passport is A1234567",
    "passport BX0123456 expires soon",
    "call 1415",
    "hotline 16135",
    "16135 e bidesh theke call kivabe korbo",
    "my number is 9841234567",
    "9841234567",
    "0977123456",
    "+977 1 4262828",
    "+855 12 345 678",
    "977-1-4412345",
    "081-234-5678",
    "98 4123 4567",
    "date 12/05/2024",
    "2024-05-12",
    "12.05.2024",
    "15th floor, room 1204",
    "at 10:30 tomorrow",
    "5000 workers came home",
    "2 lakh people work there",
    "thousands of workers",
    "हज़ारों लोग",
    "হাজার হাজার টাকা",
    "kuch hazar rupaye",
    "vài triệu đồng",
    "2000 hours of overtime",
    "10% interest",
    "3% monthly",
    "150 men in one camp",
    "I won the case",
    "salary hai kya",
    "hai dollar",
    "onek dhonnobad",
    "E-9 visa",
    "RL-1893 asol kina",
    "level 4 of JLPT N4",
    "what is dong",
    "5 star",
    "50 50",
    "i have 3 children",
    "https://example.org/150000",
    "ห้ามออกจากห้อง",
    "ပုဒ်မ ၁၉၉၉",
    "",
    "   ",
]


@pytest.fixture(scope="module")
def finder() -> MoneyFinder:
    return MoneyFinder()


def as_written(mention: MoneyMention) -> str:
    """The notation of the tables above."""
    ambiguous = {codes: name for name, codes in NAMES.items()}
    currency = mention.currency or ambiguous.get(mention.candidates, "")
    period = f"/{mention.period}" if mention.period else ""
    return f"{mention.amount} {currency}{period}".strip()


@pytest.mark.parametrize(("text", "expected"), SUMS.items())
def test_sums(finder: MoneyFinder, text: str, expected: str) -> None:
    assert ", ".join(map(as_written, finder.find(text))) == expected


@pytest.mark.parametrize("text", NO_SUMS)
def test_other_numbers_are_no_sums(finder: MoneyFinder, text: str) -> None:
    assert finder.find(text) == []


def test_the_tables_cover_enough() -> None:
    assert len(SUMS) + len(NO_SUMS) >= 200


ONE_SUM = "15000 १५००० ১৫০০০ ௧௫௦௦௦ ١٥٠٠٠ ۱۵۰۰۰ ๑๕๐๐๐ ໑໕໐໐໐ ១៥០០០ ၁၅၀၀၀"


@pytest.mark.parametrize("digits", ONE_SUM.split())
def test_digits_of_every_script(finder: MoneyFinder, digits: str) -> None:
    [mention] = finder.find(f"({digits})")
    assert (mention.amount, mention.start, mention.end) == (Decimal(15000), 1, 6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("they ask Rs.1,50,000/- now", ["Rs.1,50,000/-"]),
        ("महिनाको ३० हज़ार रुपैयाँ दिन्छ", ["३० हज़ार रुपैयाँ"]),
        ("50-60 hajar", ["50", "60 hajar"]),
        ("ค่าหัวสองแสนห้าหมื่นบาทครับ", ["สองแสนห้าหมื่นบาท"]),
        ("phí 2 triệu rưỡi", ["2 triệu rưỡi"]),
        ("मुझे 1,50,000 रुपये देने हैं", ["1,50,000 रुपये"]),
    ],
)
def test_places_are_those_of_the_given_text(finder: MoneyFinder, text: str, said: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in finder.find(text)] == said


def test_decomposed_letters_keep_their_places(finder: MoneyFinder) -> None:
    text = "e\u0301\u0301 lương 5 trie\u0323\u0302u một tháng"
    [mention] = finder.find(text)
    assert mention.amount == 5_000_000
    assert text[mention.start : mention.end] == "5 trie\u0323\u0302u"


@pytest.mark.parametrize(
    ("text", "origin", "destination", "currency"),
    [
        ("150000 rupees", "NP", "QA", "NPR"),
        ("150000 rupees", "LK", "QA", "LKR"),
        ("1500 riyal per month", "NP", "QA", "QAR"),
        ("1500 riyal per month", "NP", "OM", "OMR"),
        ("120 dinar", "BD", "JO", "JOD"),
        ("600 dollars a month", "PH", "HK", "HKD"),
        ("5000 rupees per month", "NP", "IN", "INR"),
        ("5000 rupees", "NP", "IN", "NPR"),
        ("2 lakh taka", "BD", "SA", "BDT"),
        ("1500 riyal", "NP", "MY", None),
        ("1500 riyal", None, None, None),
        ("150000", "NP", "QA", None),
        ("1500 riyal", "NP", "not a country", None),
    ],
)
def test_everyday_names_by_country(
    finder: MoneyFinder, text: str, origin: str | None, destination: str | None, currency: str | None
) -> None:
    [mention] = finder.find(text)
    assert resolve_currency(mention, origin, destination) == currency


LOOSE = [" ", "-", "k", "lakh", "5", "00", "रु", "/-", "แสน", "rưỡi", "\u200d", "\u0e34"]
PIECES = st.sampled_from([*SUMS, *NO_SUMS, *LOOSE])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read_without_fault(finder: MoneyFinder, text: str) -> None:
    for mention in finder.find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.amount > 0
        assert mention.currency is None or not mention.candidates


HOSTILE = ["1", "1,", "1 ", "1-", "1:1 ", "+1 ", "ek", "ek ", "lakhlak", "$", "แสน", "50 riyal monthly "]
HOSTILE += ["\u0300", "\u093c"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(finder: MoneyFinder, piece: str) -> None:
    """The limit is many times what such a text takes: a busy machine passes, a quadratic search does not."""
    text = (piece * 10_000)[:10_000]
    started = time.perf_counter()
    finder.find(text)
    assert time.perf_counter() - started < 3
