"""Rates of interest as people write them."""

from __future__ import annotations

import pytest

from nlu.extraction.rates import rates_in

RATES = [
    ("3 percent per month", "3", "month"),
    ("2 lakh for 2 years at 3 percent a month", "3", "month"),
    ("contract 2 years, interest 3% monthly", "3", "month"),
    ("24% a year", "24", "year"),
    ("5%", "5", None),
    ("2.5 percent monthly", "2.5", "month"),
    ("३ प्रतिशत महिनाको", "3", "month"),
    ("saikda 2 mahina", "2", "month"),
    ("30 % per saal", "30", "year"),
    ("বছরে ১২ শতাংশ", "12", "year"),
    ("ماہانہ 5 فیصد", "5", "month"),
    ("۵ فیصد ماہانہ", "5", "month"),
    ("ភាគរយ 3 ក្នុងមួយខែ", "3", "month"),
    ("តម្លៃ ៣% ក្នុងមួយខែ", "3", "month"),
    ("တစ်လ ၃ ရာခိုင်နှုန်း", "3", "month"),
    ("ร้อยละ 2 ต่อเดือน", "2", "month"),
    ("lãi 3 phần trăm một tháng", "3", "month"),
    ("bunga 2 persen per bulan", "2", "month"),
    ("මාසයකට සියයට 4", "4", "month"),
    ("மாதம் 3 சதவீதம்", "3", "month"),
    ("ເດືອນລະ 3 ສ່ວນຮ້ອຍ", "3", "month"),
    ("20 porsyento kada buwan", "20", "month"),
]


@pytest.mark.parametrize(("text", "percent", "per"), RATES, ids=[text for text, _, _ in RATES])
def test_found(text: str, percent: str, per: str | None) -> None:
    (rate,) = rates_in(text)
    assert (rate.percent, rate.per) == (percent, per)


@pytest.mark.parametrize("text", ["150000 rupees", "they take 3 lakh", "3 months", "percent", ""])
def test_no_rate(text: str) -> None:
    assert rates_in(text) == []
