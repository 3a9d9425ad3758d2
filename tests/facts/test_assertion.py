"""How amounts and events are asserted: planned, estimated, told by somebody, denied."""

from __future__ import annotations

import pytest

from pipeline.chain import extract


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("云岭集团拟投资5亿元建厂。", {"投资": "planned", "5亿元": "planned"}),
        ("马文涛将200万股质押给银行。", {"质押": "asserted", "200万股": "asserted"}),
        ("云岭集团将3万吨库存转移到南港市。", {"3万吨": "asserted"}),
        ("云岭集团将投资5亿元。", {"投资": "planned", "5亿元": "planned"}),
        ("据估算，损失约为3亿元。", {"3亿元": "estimated"}),
        ("全年粮食产量有望突破50万吨。", {"突破50万吨": "estimated"}),
        ("该项目计划总投资30亿元，已完成投资12亿元。", {"30亿元": "planned", "12亿元": "asserted"}),
        ("净利润高于市场预期10%。", {"10%": "asserted"}),
        ("净利润比上年预计增长10%。", {"10%": "estimated"}),
        ("尚未决定者占两成。", {"两成": "asserted"}),
        ("有意购买者占两成。", {"两成": "asserted"}),
        ("云岭集团否认了“裁员三成”的传闻。", {"三成": "reported, denied"}),
        ("云岭集团否认将裁员三成。", {"三成": "planned, denied"}),
        ("县政府承诺四年内减债200亿元。", {"200亿元": "planned"}),
        ("云岭集团提出三年内增产5万吨。", {"5万吨": "planned"}),
        ("业绩承诺仅实现七成，占其承诺总额的七成。", {"七成": "asserted"}),
        ("何苗将质押的股份300万股解除质押。", {"300万股": "asserted", "解除质押": "asserted"}),
        (
            "石桥港2024年开工，计划2026年底建成，届时新增泊位12个，吞吐量达2亿吨。",
            {"开工": "asserted", "12个": "planned", "2亿吨": "planned"},
        ),
        ("预计新港明年建成，届时新增泊位12个。", {"12个": "estimated"}),
        ("今年预期目标为：产值增长5%，城镇新增就业110万人。", {"5%": "planned", "110万人": "planned"}),
        ("研究人员将安全传输距离提高了40公里。", {"40公里": "asserted"}),
        ("县政府加快推进《石桥县公交条例》制定出台。", {"出台": "planned"}),
        ("失业率并未达到5%。", {"5%": "asserted, denied"}),
        ("未租出的铺面数量降至30个。", {"30个": "asserted"}),
        ("公司计划建设的项目已完成投资3亿元。", {"3亿元": "asserted"}),
        ("公司否认裁员300人。", {"300人": "reported, denied"}),
        ("公司没有召开股东大会。", {"召开": "asserted, denied"}),
        ("会议可能在6月召开。", {"召开": "estimated"}),
        ("他透露，损失达3亿元。", {"3亿元": "reported"}),
        ("网传公司裁员300人。", {"300人": "reported"}),
        ("公司裁员三成的传闻不属实。", {"三成": "reported, denied"}),
        ("网传“水库决口，造成30人死亡”的消息不实。", {"30人": "asserted, denied"}),
        (
            "网上流传的“水库决口造成30人死亡”等消息纯属虚构，库内现有水3万吨。",
            {"30人": "asserted, denied", "3万吨": "asserted"},
        ),
        (
            "网传“石桥镇发生6级地震，致12人遇难”为谣言。",
            {"发生": "asserted, denied", "6级": "reported, denied", "12人": "asserted, denied"},
        ),
        ("“学校200名学生中毒”并非事实。", {"200名": "asserted, denied"}),
        ("网传水库决口造成30人死亡系谣言。", {"30人": "reported, denied"}),
        ("网传的30人死亡不是谣言。", {"30人": "reported"}),
        ("针对网传“水库决口造成30人死亡”一事，经核实，该信息不实。", {"30人": "asserted, denied"}),
        ("网传水库决口，造成30人死亡。经核实，该信息不实。", {"30人": "asserted, denied"}),
        (
            "网上流传水库决口，已造成30人死亡，但水利局称水位为30米，消息不实。",
            {"30人": "asserted, denied", "30米": "reported"},
        ),
        ("工厂爆炸造成30人死亡。经核实，该信息不实。", {"30人": "asserted"}),
        ("网传公司裁员300人。\n该消息不实。", {"300人": "reported"}),
        ("何苗编造“地震致12人遇难”的虚假信息，被罚款500元。", {"12人": "asserted, denied", "500元": "asserted"}),
    ],
)
def test_assertion(text, found):
    told = {}
    for fact in extract(text, "2024-05-31").facts:
        main = getattr(fact.args, "quantity", None) or getattr(fact.args, "trigger", None)
        if main is not None:
            denied = ", denied" if fact.assertion.polarity == "denied" else ""
            told[main.text] = f"{fact.assertion.modality}{denied}"
    assert told == found
