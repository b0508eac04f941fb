"""People whom a Chinese text names with an office: the office, then the name, then a verb or a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.extraction.people.finder import Speaker

ROLE = (
    r"(?:发言人|部长|外长|防长|财长|总理|首相|总统|主席|委员长|大使|公使|参赞|总领事|领事|特使|特派员|代表|秘书长|书记|主任|司长|局长|处长|厅长|署长|市长|州长|省长|县长|镇长|村长|区长|行长|会长|院长|校长|所长|馆长|站长|议长|理事长|董事长|总裁|总经理|"
    r"总干事|总监|干事长|专员|委员|议员|教授|研究员|专家|船长|队长|司令|将军|国王|女王|检察长|法官|律师|发言官|負責人|负责人|發言人|部長|總理|總統)"
)
# What Chinese surnames begin a name with, and the characters with which foreign names are written by sound.
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄米贝臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝席季贾路江童颜郭梅盛林"
    "钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁邓洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄家封储靳段焦巴牧车侯宓全班仰伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印白怀蒲卓蔺屠蒙池乔闻党翟谭劳申冉桑桂濮牛寿边燕冀尚农温庄晏柴瞿阎连习艾容向古易廖庾居衡步耿满弘匡文寇广欧聂晁勾敖冷辛阚那简饶曾沙鞠关查荆游覃"
)
BY_SOUND = "素禄谟沃妲娅洁蕾薇姗丝珍妮蕊芙茜璐泊朔措嘎次瓦尔阿埃艾安奥巴贝本比宾波伯博布查达代戴德邓迪丁杜多厄恩尔法菲费芬弗福富盖戈格古哈海汉赫亨胡华霍基吉加贾杰金卡凯坎康考科克肯库拉莱兰朗劳勒雷里利莉林琳卢鲁路伦罗洛马玛迈麦曼梅门蒙米莫默姆穆纳内娜尼涅宁诺努欧帕潘佩皮珀普奇乔琼丘热萨塞桑森沙舍申圣施史斯司苏索塔泰坦汤特提廷图托瓦万威韦维温沃乌武西希锡夏谢辛雅亚扬耶伊因尤约泽扎詹兹朱祖夫娃什切日热吕达邦布拜贡纽奎葛冈根惠昆坤茨齐琪彻顿登当丹黛狄蒂鲍毕碧宾滨卜策楚茨顿多敦凡范芳弗甘高哥歌贡瓜哈豪洪侯姬季久居孔宽蓝乐黎理丽连列烈柳隆露伦曼芒毛茂梅孟密缅明缪摩莫尼年奈南农帕佩彭匹珀蒲齐恰钦青让仁荣茹瑞若撒赛瑟莎绍什舒斯松遂孙唐滕铁突屯旺温翁孝欣逊英尤赞宰泽哲芝治卓"
SAID_HAN = r"(?:表示|指出|强调|称|说|认为|介绍|回应|回答|答|透露|宣布|呼吁|重申|补充|解释|坦言|告诉|提出|提议|警告|批评|反驳|谈到|写道|(?<![访慰顾学])问|發表|表明|主张|要求)"
FOLLOWS = rf"(?:{SAID_HAN}|夫[人妇]|女士|先生|阁下|[在于应就对将也还则同和与及率出主会邀的接发签作偕赴参访专受因代从被等随今昨近日当前曾已一并向一亲到致，。、：；！？（）“”《》 \d]|\(|\n|$)"
NO_NAME = r"(?!方面|马上|全体|高度|应该|应当|向来|曾[在经于表说对就任指]|连续|连任|家[的里中]|关于|关心|关注|对此|任期|任命|解释|回应|那里|广泛|一直|会议|申请|温和|包括|安排|解决|应邀|应约|应询|向|江边|万一)"
NAMED = re.compile(
    rf"(?P<role>{ROLE})[、,]?{NO_NAME}(?P<name>(?:[{BY_SOUND}]{{1,6}}[·・∙•‧][{BY_SOUND}·・∙•‧]{{1,12}}?|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?|[{BY_SOUND}]{{2,6}}?))(?={FOLLOWS})"
)
BEFORE = re.compile(rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?:，|（|\()(?P<office>[\u4e00-\u9fff]{{0,14}}{ROLE})(?=[，）)])")
OFFICE = re.compile(r"[\u4e00-\u9fff]{0,14}\Z")
CUTS = re.compile(r".*(?:[的及了在是与由据被将向应说请邀约和日月年后前]|对(?!外))")
VERB = re.compile(SAID_HAN)
NEAR = 14  # code points behind a name in which its verb is looked for


def people_in_han(row: str) -> Iterator[Speaker]:
    """Each person that a line of Chinese names with an office, the verb of saying beside it.

    Wrong when a word that follows an office looks like a name (a surname's character and one or two more before a verb).

    >>> [(s.name, s.office, s.verb) for s in people_in_han("外交部发言人毛宁表示，各国应当合作。港口部长会议在北京举行。")]
    [('毛宁', '外交部发言人', '表示')]
    """
    for match in NAMED.finditer(row):
        before = OFFICE.search(row, max(0, match.start("role") - 14), match.start("role"))
        words = CUTS.sub("", before[0]) if before else ""
        start = match.start("role") - len(words)
        verb = VERB.search(row, match.end(), match.end() + NEAR)
        yield Speaker(match["name"], row[start : match.end("role")], start, match.end(), verb[0] if verb else None)
    for match in BEFORE.finditer(row):
        verb = VERB.search(row, match.end(), match.end() + NEAR)
        yield Speaker(match["name"], match["office"], match.start(), match.end(), verb[0] if verb else None)
