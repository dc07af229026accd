"""People of five languages, four scripts, and what they say in the middle of a guided check."""

from __future__ import annotations

from typing import Dict, NamedTuple


class Said(NamedTuple):
    """What a person of one language says. ``offer``: a sum asked for, in one message; ``verdict``: the law on it."""

    origin: str
    destination: str
    offer: str
    verdict: str
    amount: str
    question: str
    question_intent: str
    danger: str
    stop: str


PEOPLE: Dict[str, Said] = {
    "en": Said(
        "NP", "QA", "they ask 1.5 lakh for Qatar, cleaning job, is it legal?", "above_cap", "150,000 rupees",
        "can my boss keep my passport?", "ask_passport", "madam locked me in the room and took my phone, help",
        "stop this",
    ),
    "ne": Said(
        "NP", "QA", "कतार जान मेनपावरले डेढ लाख माग्यो, यति तिर्नुपर्छ र?", "above_cap", "१५०००० रुपैयाँ",
        "मालिकले मेरो पासपोर्ट राख्न पाउँछ?", "ask_passport",
        "म्याडमले कोठामा थुनेर राख्छ, बाहिर निस्कन दिँदैन", "रद्द गर्नुहोस्",
    ),
    "ur": Said(
        "PK", "SA", "سعودی عرب کے لیے ایجنٹ تین لاکھ روپے مانگ رہا ہے، کیا یہ جائز ہے؟", "above_cap", "300000 روپے",
        "کیا مالک میرا پاسپورٹ اپنے پاس رکھ سکتا ہے؟", "ask_passport",
        "مالک نے مجھے کمرے میں بند کر رکھا ہے، باہر نہیں جانے دیتا", "منسوخ کریں",
    ),
    "km": Said(
        "KH", "TH", "ទៅថៃ ក្រុមហ៊ុនទារថ្លៃសេវា 15000 បាត ត្រូវច្បាប់ទេ?", "not_allowed", "15000 បាត",
        "ថៅកែកាន់ប៉ាស្ព័ររបស់ខ្ញុំបានទេ?", "ask_passport", "ថៅកែចាក់សោបន្ទប់ មិនឱ្យខ្ញុំចេញទៅណា ជួយផង", "បោះបង់",
    ),
    "my": Said(
        "MM", "TH", "ထိုင်းသွားဖို့ အေးဂျင့်က ၁၅ သိန်းကျပ် တောင်းတယ်၊ တရားဝင်လား", "above_cap", "၁၅၀၀၀၀၀ ကျပ်",
        "အလုပ်ရှင်က ပတ်စပို့ သိမ်းထားလို့ရလား", "ask_passport", "အခန်းထဲ သော့ခတ်ထားတယ် အပြင်ထွက်ခွင့်မပေးဘူး ကယ်ပါ",
        "ပယ်ဖျက်မယ်",
    ),
}  # fmt: skip
GO_ON = '/inform{"step":"resume"}'
"""The button back into a check that was left."""


def inform(step: str) -> str:
    """What the buttons of a question carry."""
    return f'/inform{{"step":"{step}"}}'
