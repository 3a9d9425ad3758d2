"""Whatever the text, extraction ends, keeps its spans and says the same again."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import extract

PIECES = st.one_of(
    st.sampled_from(
        "约 近 超过 不足 第 首 前 每 每平方米 零下 负 半 一半 翻番 多 余 左右 以上 至 到 — - ～ / ： ∶ "
        "， 、 。 （ ） 《 》 “ ” % ‰ 个百分点 "
        "年 月 日 时 分 秒 今年 去年 上午 截至 以来 万 亿 千 百 十 点 又 分之 成 折 倍 元 "
        "美元 港元 比索 ¥ HK$ 吨 公里 平方米 度 级 "
        "辆 家 人 名 人次 张三 记者 表示 说 增长 下降 至 同比 占 其中 分别 北京市 公司 G 5G PM2.5 600297.SH "
        "\n \u3000 \u2009 "
        "一 二 三 两 几 数 壹佰 廿 卅 〇 1 2024 3.5 １２ 0 ．5 1,234 12，345".split(" ")
    ),
    st.text("0123456789.,:-/%一二三四五六七八九十百千万亿零两几数半点年月日度元", max_size=12),
    st.text(max_size=6),
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_mixed_alphabets(text: str) -> None:
    if not text.strip():
        return
    document = extract(text, "2024-05-31")
    source = text.removeprefix("\ufeff").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for mention in document.mentions:
        assert "".join(source[a:b] for a, b in mention.spans) == mention.text
        assert mention.text
    assert msgspec.json.encode(document) == msgspec.json.encode(extract(text, "2024-05-31"))
