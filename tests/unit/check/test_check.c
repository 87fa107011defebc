#include "../base/base_test.h"

#include "check/check.h"

/* A text, and the one claim of this rule that it makes. */
typedef struct Row {
    const char *text;
    CheckKind kind;
    CheckRule rule;
    CheckVerdict verdict;
    const char *computed;
} Row;

#define HOLDS CHECK_CONSISTENT
#define FAILS CHECK_INCONSISTENT
#define OPEN  CHECK_UNDECIDABLE

static const Row rows[] = {
    { "4173个问题整改到位4119个，整改完成率达98.81%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "4119/4173=98.706%" },
    { "4173个问题整改到位4119个，整改完成率达98.71%。", CHECK_RATIO, CHECK_RULE_RATE, HOLDS, "4119/4173=98.706%" },
    { "4173个问题整改到位3526个，整改完成率达98.71%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "3526/4173=84.4956%" },
    { "471个问题：销号453个、延期180个。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "453+180=633" },
    { "应征412人，其中男267人、女118人。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "267+118=385" },
    { "东镇12条、西镇9条、南镇15条，共移交51条。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS, "12+9+15=36" },
    { "416人次，其中第一期162人次、第二期98人次、第三期104人次。", CHECK_SUM, CHECK_RULE_PARTS, FAILS,
        "162+98+104=364" },
    { "县级案件87件化解53件、上级104件化解81件，总化解率71.2%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "(53+81)/(87+104)=70.1571%" },
    { "来电74、61、58、44、39件，合占全市412件的76%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "(74+61+58+44+39)/412=66.9903%" },
    { "第二轮发现问题287个，第一轮为241个，多64个。", CHECK_DIFFERENCE, CHECK_RULE_CHANGE, FAILS, "287-241=46" },
    { "来访117批386人次，与9月的132批431人次相比，批次下降17.4%。", CHECK_RATIO, CHECK_RULE_GROWTH, FAILS,
        "(132-117)/132=11.3636%" },
    { "省级交办28件，市级排查65件，两类有9件重合，去重后48件。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS, "28+65-9=84" },
    { "处分54人：党纪政务处分31人、组织处理29人，9人两样都受。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "31+29-9=51" },
    { "4个乡镇分别反馈问题23、27、19个。", CHECK_COUNT, CHECK_RULE_LISTED, FAILS, "列举数=3" },
    { "4个乡镇分别反馈问题23、27、19、31个。", CHECK_COUNT, CHECK_RULE_LISTED, HOLDS, "列举数=4" },
    { "查处问题196起，处分288人。176起问题中，享乐主义问题74起。", CHECK_COMPARISON, CHECK_RULE_TWICE, FAILS,
        "176=196" },
    { "措施172条，落实196条。", CHECK_COMPARISON, CHECK_RULE_PART, FAILS, "196>172" },
    { "清单36条，销号33条，余13条。", CHECK_DIFFERENCE, CHECK_RULE_REST, FAILS, "36-33=3" },
    { "抽检368批次，合格361批次，合格率98.1%，不合格的17批次。", CHECK_DIFFERENCE, CHECK_RULE_REST, FAILS,
        "368-361=7" },
    { "收入12.84亿元，完成年初预算的35.5%，年初预算为24亿元。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "12.84亿/24亿=53.5%" },
    { "8个村共发现问题316个，平均每村17个。", CHECK_RATIO, CHECK_RULE_AVERAGE, FAILS, "316/8=39.5" },
    { "144个问题销号143个、剩11个。", CHECK_DIFFERENCE, CHECK_RULE_REST, FAILS, "144-143=1" },
    { "男性1621人，占53.2%；女性1726人，占46.8%。", CHECK_RATIO, CHECK_RULE_SHARE, FAILS, "1621/3347=48.4314%" },
    { "巡察村党组织184个，占全县230个村的82%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "184/230=80%" },
    { "问题93起，其中甲类51起、乙类42起，占比分别为54.8%和48.2%。", CHECK_RATIO, CHECK_RULE_SHARE, HOLDS,
        "51/93=54.8387%" },
    { "移交问题线索63件，立案29件，立案数占移交线索数的46.4%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "29/63=46.0317%" },
    { "接收举报742件。其中，检举类419件，占总量的56.9%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "419/742=56.469%" },
    { "累计巡村党组织257个，全县应巡村党组织261个，覆盖率98.5%。", CHECK_RATIO, CHECK_RULE_RATE, HOLDS,
        "257/261=98.4674%" },
    { "两项合占已巡单位的43%。", CHECK_RATIO, CHECK_RULE_RATE, OPEN, "" },
    { "来信206件(44.7%)、来电255件(55.3%)，共461件。", CHECK_RATIO, CHECK_RULE_SHARE, HOLDS, "206/461=44.6855%" },
    { "45460、23134、3070、2737人次，前两种合占92.2%。", CHECK_RATIO, CHECK_RULE_SHARE_OF_FIRST, HOLDS,
        "(45460+23134)/(45460+23134+3070+2737)=92.195%" },
    { "受理来信来访1286件次，其中来信402件、来访491件、网上393件，办结1193件，办结率92.77%。", CHECK_RATIO,
        CHECK_RULE_RATE, HOLDS, "1193/1286=92.7683%" },
    { "巡察党组织286个，延伸巡察村（社区）党组织1742个，覆盖率100%。", CHECK_RATIO, CHECK_RULE_RATE, OPEN, "" },
    { "督办13件，办结10件，按期办结率90.9%。", CHECK_RATIO, CHECK_RULE_RATE, OPEN, "" },
    { "投入96万元，是去年48万元的两倍。", CHECK_RATIO, CHECK_RULE_MULTIPLE, HOLDS, "96万/48万=2" },
    { "座谈会134场，参会1876人次，场均14人次。", CHECK_RATIO, CHECK_RULE_AVERAGE, HOLDS, "1876/134=14" },
    { "全年430件，上年298件，增长44%。", CHECK_RATIO, CHECK_RULE_GROWTH, HOLDS, "(430-298)/298=44.2953%" },
    { "上半年461件，比上年同期多245件，增长123.8%。", CHECK_RATIO, CHECK_RULE_GROWTH, FAILS,
        "245/(461-245)=113.4259%" },
    { "检控举报47件，同比上升56.68%。", CHECK_RATIO, CHECK_RULE_GROWTH_BASE, FAILS, "" },
    { "471个问题：销号453个、延期18个。", CHECK_SUM, CHECK_RULE_PARTS, HOLDS, "453+18=471" },
    { "471个问题：销号453个、延期28个。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "453+28=481" },
    { "41项：完成25项，销号13项，未完成但达序时16项。", CHECK_SUM, CHECK_RULE_PARTS, HOLDS, "25+16=41" },
    { "东镇12条、西镇9条、南镇15条，共移交46条。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS, "12+9+15=36" },
    { "构成：77.18%、12.47%、9.61%、0.60%、0.13%、0.01%。", CHECK_SUM, CHECK_RULE_HUNDRED, HOLDS,
        "77.18%+12.47%+9.61%+0.6%+0.13%+0.01%=100%" },
    { "共排查事项1832项，取消244项、下放167项、保留1451项。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "244+167+1451=1862" },
    { "参会人员共96人，具体为：领导小组7人，巡察办8人，书记9人，主任9人，负责人64人。", CHECK_SUM, CHECK_RULE_PARTS,
        FAILS, "7+8+9+9+64=97" },
    { "信访问题88个，工程问题127个，其他问题95个。以上共计320个。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS,
        "88+127+95=310" },
    { "35岁以下41人，36岁至45岁96人，46岁以上185人，共382人。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS, "41+96+185=322" },
    { "8个县各设立5个监测点，共42个监测点。", CHECK_SUM, CHECK_RULE_EACH, FAILS, "8*5=40" },
    { "由9个增加到17个，增加7个。", CHECK_DIFFERENCE, CHECK_RULE_CHANGE, FAILS, "17-9=8" },
    { "由36个增加到58个，新增25个。", CHECK_DIFFERENCE, CHECK_RULE_CHANGE, FAILS, "58-36=22" },
    { "接收举报218件，8月份为241件，环比减少33件。", CHECK_DIFFERENCE, CHECK_RULE_CHANGE, FAILS, "241-218=23" },
    { "安排经费420万元，支出396.9万元，结余33.1万元。", CHECK_DIFFERENCE, CHECK_RULE_REST, FAILS,
        "420万-396.9万=23.1万" },
    { "144个问题销号143个、剩1个。", CHECK_DIFFERENCE, CHECK_RULE_REST, HOLDS, "144-143=1" },
    { "满意度由88.4%提高到93.1%，提高5.7个百分点。", CHECK_DIFFERENCE, CHECK_RULE_POINTS, FAILS, "93.1%-88.4%=4.7" },
    { "满意率提高1.2个百分点，由96.5%上升到97.9%。", CHECK_DIFFERENCE, CHECK_RULE_POINTS, FAILS, "97.9%-96.5%=1.4" },
    { "转办135件，办结128件；受理307件，办结291件。两类共452件，办结419件。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS,
        "135+307=442" },
    { "领导接访38批126人次，下访317批894人次，合计365批1020人次。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS, "38+317=355" },
    { "信访举报312条，占38.7%；审计移交494条，占61.3%，线索总数846条。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS,
        "312+494=806" },
    { "省级下达2.84亿元，市级配套0.96亿元，资金总额3.80亿元；已拨付3.67亿元，拨付率86.4%。", CHECK_RATIO,
        CHECK_RULE_RATE, FAILS, "3.67亿/3.8亿=96.5789%" },
    { "问题54个，需立行立改的14个、限期整改的28个、长期坚持的9个。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "14+28+9=51" },
    { "培训共4期，每期45人，累计培训189人。", CHECK_SUM, CHECK_RULE_EACH, FAILS, "4*45=180" },
    { "应到代表286名，请假9名，实到287名。", CHECK_DIFFERENCE, CHECK_RULE_BALANCE, FAILS, "286-9=277" },
    { "累计完成投资26.7亿元，占年度计划31.5亿元的84.8%，距全年目标尚差5.8亿元。", CHECK_DIFFERENCE, CHECK_RULE_REST,
        FAILS, "31.5亿-26.7亿=4.8亿" },
    { "化解率达到88.9%，比平均水平（86.5%）高3.4个百分点。", CHECK_DIFFERENCE, CHECK_RULE_POINTS, FAILS,
        "88.9%-86.5%=2.4" },
    { "整改任务112项。已完成104项，占任务总数的96.9%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "104/112=92.8571%" },
    { "整改任务112项。截至10月底，已完成104项，完成率95.9%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "104/112=92.8571%" },
    { "整改任务112项。已完成104项，其余6项长期坚持。", CHECK_DIFFERENCE, CHECK_RULE_REST, FAILS, "112-104=8" },
    { "东片48项（共50项），完成率92.0%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "48/50=96%" },
    { "上半年127个，下半年154个，下半年较上半年多37个。", CHECK_DIFFERENCE, CHECK_RULE_CHANGE, FAILS, "154-127=27" },
    { "按每村3.5万元的标准，为43个整顿村安排经费，共160.5万元。", CHECK_SUM, CHECK_RULE_EACH, FAILS,
        "43*3.5万=150.5万" },
    { "受理来电15482件。直接答复9846件，转派办理5676件。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "9846+5676=15522" },
    { "收集诉求1936条，现场解决1287条，交办659条。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "1287+659=1946" },
    { "应到代表286名，请假9名，实到277名，出席率98.9%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "277/286=96.8531%" },
    { "上年末在编64人，本年新进11人、调出7人，年末为68人。", CHECK_SUM, CHECK_RULE_BALANCE, HOLDS, "64+11-7=68" },
    { "上年结转20.5万元，本年收入100万元、支出90万元，年末结余33万元。", CHECK_SUM, CHECK_RULE_BALANCE, FAILS,
        "20.5万+100万-90万=30.5万" },
    { "完成公路186.4公里，超额完成年度任务150公里的28.3%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "(186.4-150)/150=24.2667%" },
    { "案件6238件，其中刑事427件。审执结4914件，结案率94.8%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "4914/6238=78.7752%" },
    { "发展党员计划260名，上半年已发展178名，完成计划的45.4%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "178/260=68.4615%" },
    { "对31个单位开展检查，对12个整改不力的单位党组织书记进行约谈，占被查单位的35.5%。", CHECK_RATIO, CHECK_RULE_RATE,
        FAILS, "12/31=38.7097%" },
    { "满意3301件、基本满意214件、不满意127件，满意率96.6%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "(3301+214)/(3301+214+127)=96.5129%" },
    { "供暖637件、停车282件、噪声214件，三项占总量2274件的49.2%。", CHECK_RATIO, CHECK_RULE_SHARE_OF_FIRST, FAILS,
        "(637+282+214)/2274=49.8241%" },
    { "积案8件已化解6件，42件已化解35件，化解率分别为75.0%和88.3%。", CHECK_RATIO, CHECK_RULE_RATE, HOLDS, "6/8=75%" },
    { "重点项目96个，已开工91个，开工率94.8%。未开工的6个。", CHECK_DIFFERENCE, CHECK_RULE_REST, FAILS, "96-91=5" },
    { "处分986人，其中党纪处分752人、政务处分291人（双重处分47人）。", CHECK_SUM, CHECK_RULE_PARTS, FAILS,
        "752+291-47=996" },
    { "企业128家，净增7家（新入库16家，退库8家）。", CHECK_DIFFERENCE, CHECK_RULE_BALANCE, FAILS, "16-8=8" },
    { "发现问题728个，线索64件。第一轮391个，线索37件；第二轮347个，线索27件。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS,
        "391+347=738" },
    { "五年来受理举报4215件，年均853件。", CHECK_RATIO, CHECK_RULE_AVERAGE, FAILS, "4215/5=843" },
    { "进驻30天内，接听电话426个，日均14.2个。", CHECK_RATIO, CHECK_RULE_AVERAGE, HOLDS, "426/30=14.2" },
    { "零售额94.62亿元。按经营地统计，城镇71.95亿元，增长8.9%；乡村23.27亿元，增长6.9%。", CHECK_SUM, CHECK_RULE_PARTS,
        FAILS, "71.95亿+23.27亿=95.22亿" },
    { "现有53人；35岁以下15人、36至50岁22人、51岁以上17人。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "15+22+17=54" },
    { "实到277名。会议以赞成274票、反对2票、弃权4票通过。", CHECK_SUM, CHECK_RULE_PARTS, FAILS, "274+2+4=280" },
    { "占比分别为15.8%、13.9%、8.9%，三类合计占39.6%。", CHECK_SUM, CHECK_RULE_TOTAL, FAILS, "15.8%+13.9%+8.9%=38.6%" },
    { "应到38人，实到86人。", CHECK_COMPARISON, CHECK_RULE_PART, FAILS, "86>38" },
    { "较上月升1.2个百分点。", CHECK_DIFFERENCE, CHECK_RULE_POINTS, OPEN, "" },
    { "4个县市：松滋、公安、石首、监利。", CHECK_COUNT, CHECK_RULE_LISTED, HOLDS, "列举数=4" },
    { "5个县市：松滋、公安、石首、监利。", CHECK_COUNT, CHECK_RULE_LISTED, FAILS, "列举数=4" },
    { "166个社区，其中农村社区85个。", CHECK_COMPARISON, CHECK_RULE_PART, HOLDS, "85<166" },
    { "166个社区，其中农村社区185个。", CHECK_COMPARISON, CHECK_RULE_PART, FAILS, "185>166" },
    { "查处问题328起\n全市查处问题328起。", CHECK_COMPARISON, CHECK_RULE_TITLE, HOLDS, "328=328" },
    { "诉求208件，208件都已落实。", CHECK_COMPARISON, CHECK_RULE_TWICE, HOLDS, "208=208" },
    { "全年发现问题164个。\n按环节分，立项19个，招标52个，验收63个，结算33个。", CHECK_SUM, CHECK_RULE_PARTS, FAILS,
        "19+52+63+33=167" },
    { "已拨付372.4万元，占应拨付总额（460万元）的91%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "372.4万/460万=80.9565%" },
    { "巡察党组织286个，是上届（130个）的2.8倍。", CHECK_RATIO, CHECK_RULE_MULTIPLE, FAILS, "286/130=2.2" },
    { "抽检食材350批次，不合格7批次，合格率96%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "(350-7)/350=98%" },
    { "甲类1536个，乙类5306个，分别占32.4%和67.6%。", CHECK_RATIO, CHECK_RULE_SHARE, FAILS, "1536/6842=22.4496%" },
    { "预算安排250万元，实际支出313.5万元，超支36.5万元。", CHECK_DIFFERENCE, CHECK_RULE_CHANGE, FAILS,
        "313.5万-250万=63.5万" },
    { "第一年反馈820个，整改811个；第二年反馈960个，整改942个。两年合计反馈1970个。", CHECK_SUM, CHECK_RULE_TOTAL,
        FAILS, "820+960=1780" },
    { "暗访80个村，其中好的30个，较好的34个，差的16个。“好”和“较好”占70%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS,
        "(30+34)/80=80%" },
    { "人均收入26500元，增长8%，增加1500元。", CHECK_RATIO, CHECK_RULE_GROWTH, FAILS, "1500/(26500-1500)=6%" },
    { "问题线索40条。目前已查实22条，查实率85%。", CHECK_RATIO, CHECK_RULE_RATE, FAILS, "22/40=55%" },
    { "在册积案38件；期间新增4件，化解29件，目前尚余31件。", CHECK_SUM, CHECK_RULE_BALANCE, FAILS, "38+4-29=13" },
};

static const CheckClaim *claim_of(const CheckResult *result, const Row *row)
{
    for (size_t i = 0; i < result->count; i++)
        if (result->claims[i].rule == row->rule && result->claims[i].kind == row->kind)
            return &result->claims[i];
    return NULL;
}

static void each_rule_says_what_it_should(void **state)
{
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CheckResult result;
        assert_int_equal(check_text(&fx->c, str_of(rows[i].text), NULL, &result), ST_OK);
        const CheckClaim *claim = claim_of(&result, &rows[i]);
        row_holds(claim, "%s: no %s", rows[i].text, check_rule_name(rows[i].rule));
        row_holds(claim->verdict == rows[i].verdict, "%s is %s", rows[i].text, check_verdict_name(claim->verdict));
        row_holds(str_eq(claim->computed, str_of(rows[i].computed)), "%s computes %.*s", rows[i].text,
            STR_ARG(claim->computed));
    }
}

/* What must never be called wrong. */
static void nothing_is_refuted_without_need(void **state)
{
    BaseFixture *fx = *state;
    static const char *const texts[] = {
        "实有资产1874件，账面1902件，盘亏28件。",
        "受理来信来访63件次，其中来信21件、来电34件、来访8批次。",
        "尚有7个未销号。其中，土地类3个，已报批；资金类2个；其余2个正在整改。",
        "12个支部应召开会议60次，召开51次，平均每个支部少开0.7次。",
        "职工680人，其中党员330人，占近五成。",
        "队伍87支，其中省派6支、市派23支、县派58支。办实事2176件，平均每支队伍25件。",
        "全年办结诉求164件。\n截至12月底，处分党员13人，组织处理28人。",
        "完成率满100%的51家、不足80%的4家。",
        "4大类16个方面22个问题，以及30个村级党组织的244个问题。",
        "立案298件、结案308件。",
        "盈利企业14户，亏损企业5户，亏损面26.3%。",
        "接待群众627批。排在前三位的是：拖欠工资143批、物业纠纷96批、征地拆迁88批。",
        "化解97件，年末剩余27件。其中化解3年以上的22件、1至3年的46件、1年以下的29件。",
        "安排经费420万元，追加80万元，支出396.9万元，结余103.1万元。",
        "拟巡察单位15个、村（社区）52个，届时村（社区）覆盖率将达到100%。",
        "873人次。其中，第一种形态612人次，占70.1%；第二种形态203人次，占23.3%；第四种形态24人次，占2.7%。",
        "零售额94.62亿元。按消费类型统计，商品零售83.16亿元，餐饮收入11.46亿元，餐饮收入占比为12.1%。",
        "报告11份、专题报告19份，提出建议143条，平均每份4.8条。",
        "27个重点项目中，一级企业6户、二级企业13户。",
        "531项任务完成313项，写作近六成。",
        "受理96件；按方式：来信17件（30%）、来访20件（35%）、来电6件（10%）、网络14件（25%）。",
        "检查发现问题67个，其中财务方面41个、资产方面15个等。",
        "职工680人，其中党员330人，占六成以上。",
        "前三批88件，本批各类3个方面11类37个问题，整改率95%以上。",
        "赴甲市、乙市、丙市等9个市学习。",
        "12个组用一拖五的办法巡了120个行政村。",
        "处分286人：乡科级31人、一般63人、其他192人；括注党纪275人、政务23人。",
        "巡察12个县（市、区），谈话人均2.5次。",
        "处分228人，其中党纪处分183人、政务处分61人（双重处分16人）。",
        "差旅费168.4万元，会议培训费72.3万元，办公设备费61.2万元，其他费用95.0万元。",
        "限期整改问题完成25个，合计完成42个，占问题总数的77.8%。",
        "受理信访件348件，办结289件，未立案23件。",
        "由36个增加到58个，新增30个、撤并8个。",
        "共建成站点260个，城区120个、镇区80个、村级50个，另在建10个。",
        "9月份查处375起，10月份为412起，环比增加37起，8月份为340起。",
        "联系电话0710-3611234、3611235，举报平台12388。",
        "追缴资金441.9万元，其中A单位100万元，B单位300万元。",
        "一季度受理30件，办结20件；二季度受理10件，办结8件；三季度受理20件，办结15件。",
        "问题614个，整改到位528个；其中甲类327个、整改到位311个，乙类187个、整改到位127个。",
        "已有1836户完成入户核查，占应核查户数2040户的90%；发现不符合条件72户，占已核查户数的3.9%。",
        "培训数十人，占总数36人。",
        "走访32个村和27个村，发现问题分别为141个、118个，两组合计走访59个村。",
        "两项合计316.0万元，比预算合计335万元节约19.0万元，节约率5.7%。",
        "上半年127个，下半年154个，全年累计281个，下半年较上半年多27个，增幅21.3%。",
        "反馈问题112项。重点问题已完成104项，完成率100%。",
        "29省巡完市地，21省巡完县区，15省全部巡完。",
        "年初有站点36个，新增30个，其中镇区12个、撤并8个，年末62个。",
        "改造道路2.86万米，其中主路1.24万米、支路1.62万米，为年度任务2.6万米的110%。",
        "向全会述职的书记14人，占应述人数16人的87.5%，另有2人请假。",
        "检查药店428家，处理217家，占检查总数的50.7%，其中约谈126家、暂停协议68家、解除协议23家。",
        "年初在册64人，新进约11人、调出7人，年末为70人。",
        "办结率提高1.2个百分点，满意率由96.5%上升到97.9%。",
        "6月底，整改完成41个，9月底，整改完成52个，尚有9个推进，整改完成率85.2%。",
        "总投资30.19亿元，完成投资9.96亿元，占年度计划的66.8%，累计完成16.18亿元，占总投资的53.6%。",
        "问题147个，立行立改52个，全部完成；限期整改79个，完成30个，占限期整改问题的38.0%；长期坚持16个。",
        "收入10万元以上的村242个，其中50万元以上的97个、5万元以下的122个。",
        "转办1202件，其中按期办结1197件，延期2件。",
        "了结276条，立案39件，移送29条，立案数占核查数344条的11.3%。",
        "批示58件，其中要求限时办结的19件，目前已办结17件，还有2件在办。",
        "占比92.6%，比上年提高3.8个百分点；重复件占比由上年的21.4%降至17.9%。",
        "受理276批，与上年同期的294批相比减少18批，下降6.1%。",
        "全年开展廉政谈话1864人次，其中任前谈话326人次、提醒谈话1127人次。",
        "签约19.84万人，签约率61.2%，其中重点人群签约8.37万人，签约率89.5%。",
        "转办218件:大气87、水52、噪声46、土壤19、生态8、其他14,部分案件兼涉几类污染。",
        "监测对象487户1532人，其中已消除风险312户986人，未消除风险175户546人，风险消除率（按人）64.4%。",
        "接报火灾1268起。按场所分，住宅512起、交通工具193起、工矿企业87起、露天堆垛341起，其余场所135起。",
        "参加医疗保险52.63万人，其中职工医保6.84万人、居民医保45.79万人，参保率97.2%。",
        "养老床位2416张，其中护理型床位1527张，占63.2%，入住老人1183人，床位使用率49%。",
        "立案629件，其中乡科级71件，农村、企业等其他人员402件。",
        "上级转办件158件，其中省转46件、市转112件；按类别分，环保类57件、征迁类34件、涉农类41件、其他类26件。",
        "笔试实到498人，缺考43人，缺考率7.9%。",
        "差旅费168.4万元、工程86个、物资51个，前两类合计210个。",
        "来电占62%，来信占13%，网络占25%；按类别看，城建类占三成。",
        "开工项目58个，开工率93.5%，竣工22个，竣工率35.5%。",
        "走访企业86家（规上31家、限上22家），收集诉求143件。",
        "在岗职工418人，男性236人，占56.5%；党员187人，占44.7%。",
        "共抽调干部64名，其中财务审计类14名、纪检类22名；分8个组，每组8人，覆盖16个单位。",
        "满意3725件、基本满意168件、不满意107件，综合满意率97.33%。",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        CheckResult result;
        assert_int_equal(check_text(&fx->c, str_of(texts[i]), NULL, &result), ST_OK);
        for (size_t k = 0; k < result.count; k++)
            row_holds(result.claims[k].verdict != FAILS, "%s: %s, %.*s", texts[i],
                check_rule_name(result.claims[k].rule), STR_ARG(result.claims[k].computed));
    }
}

static void the_words_say_the_computation(void **state)
{
    BaseFixture *fx = *state;
    CheckResult result;
    Str text = S("4173个问题整改到位4119个，整改完成率达98.81%。");
    assert_int_equal(check_text(&fx->c, text, NULL, &result), ST_OK);
    const CheckClaim *claim = claim_of(&result, &rows[0]);
    assert_non_null(claim);
    assert_str_equal(claim->words, S("4119 ÷ 4173 = 98.71 %，文中为 98.81 %"));
    assert_str_equal(claim->stated, S("98.81%"));
    assert_str_equal(str_sub(text, claim->span_at, claim->span.len), claim->span);
    assert_str_equal(claim->sentence, text);
    fx->c.lang = LANG_EN;
    assert_int_equal(check_text(&fx->c, text, NULL, &result), ST_OK);
    assert_str_equal(claim_of(&result, &rows[0])->words, S("4119 ÷ 4173 = 98.71 %, the text says 98.81 %"));
}

static void what_is_known_is_compared(void **state)
{
    BaseFixture *fx = *state;
    static const CheckKnown known[] = { { S_INIT("整改完成率"), 98710000, S_INIT("%"), 2, S_INIT("2021-10-31") },
        { S_INIT("反馈问题"), INT64_C(4173000000), S_INIT("个"), 0, S_INIT("2021-10-31") } };
    CheckWish wish = { known, COUNT_OF(known) };
    static const struct {
        const char *text;
        size_t count;
        CheckVerdict verdict;
    } told[] = { { "整改完成率达98.71%。", 1, HOLDS }, { "整改完成率达98.81%。", 1, FAILS },
        { "整改完成率为99%。", 1, HOLDS }, { "反馈问题4170余个。", 1, OPEN }, { "反馈问题4172个。", 1, FAILS },
        { "反馈问题涉及12人。", 0, OPEN }, { "第九轮巡察反馈问题519个，整改完成率96.72%。", 0, OPEN },
        { "2019年，反馈问题1053个，整改完成率99.05%。", 0, OPEN }, { "截至2020年底，整改完成率为91.2%。", 0, OPEN },
        { "某局党组反馈问题43个。", 0, OPEN }, { "五年共开展常规巡察9轮，反馈问题4172个。", 1, FAILS },
        { "被巡察党组织整改有力，整改完成率为98.81%。", 1, FAILS } };
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        CheckResult result;
        size_t found = 0;
        assert_int_equal(check_text(&fx->c, str_of(told[i].text), &wish, &result), ST_OK);
        for (size_t k = 0; k < result.count; k++)
            if (result.claims[k].rule == CHECK_RULE_LEDGER) {
                found++;
                row_holds(result.claims[k].verdict == told[i].verdict, "%s", told[i].text);
            }
        row_holds(found == told[i].count, "%s: %zu claims", told[i].text, found);
    }
}

static void limits_are_kept(void **state)
{
    BaseFixture *fx = *state;
    CheckResult result;
    assert_int_equal(check_text(&fx->c, S("\xff\xfe"), NULL, &result), ST_INVALID);
    ctx_forgive(&fx->c);
    Str big = { arena_alloc(fx->arena, CHECK_TEXT_MAX + 1), CHECK_TEXT_MAX + 1 };
    assert_int_equal(check_text(&fx->c, big, NULL, &result), ST_TOO_BIG);
    ctx_forgive(&fx->c);
    assert_int_equal(check_text(&fx->c, STR_NONE, NULL, &result), ST_OK);
    assert_int_equal(result.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_rule_says_what_it_should, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_refuted_without_need, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(the_words_say_the_computation, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(what_is_known_is_compared, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(limits_are_kept, base_set_up, base_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
