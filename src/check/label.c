/* Labels of the parts of a list: the words before a figure and the noun behind it. */
#include "check/list.h"

typedef struct Opposites {
    Str a, b;
} Opposites;

/* Two labels that leave no third by what they mean. */
static const Opposites complements[] = {
    { S_INIT("优秀"), S_INIT("不合格") },
    { S_INIT("好"), S_INIT("差") },
    { S_INIT("市直"), S_INIT("县") },
    { S_INIT("男"), S_INIT("女") },
    { S_INIT("上半年"), S_INIT("下半年") },
    { S_INIT("按期"), S_INIT("逾期") },
    { S_INIT("已"), S_INIT("未") },
    { S_INIT("完成"), S_INIT("未完成") },
    { S_INIT("完成"), S_INIT("正在") },
    { S_INIT("完成"), S_INIT("在改") },
    { S_INIT("办结"), S_INIT("在办") },
    { S_INIT("完成"), S_INIT("推进") },
    { S_INIT("已"), S_INIT("正在") },
    { S_INIT("城"), S_INIT("农") },
    { S_INIT("盈利"), S_INIT("亏损") },
    { S_INIT("共性"), S_INIT("个性") },
    { S_INIT("专职"), S_INIT("兼职") },
    { S_INIT("合格"), S_INIT("不合格") },
    { S_INIT("整改到位"), S_INIT("未到位") },
    { S_INIT("办结"), S_INIT("正在") },
    { S_INIT("销号"), S_INIT("未销号") },
    { S_INIT("城"), S_INIT("乡") },
    { S_INIT("城"), S_INIT("农村") },
    { S_INIT("初信"), S_INIT("重复") },
    { S_INIT("有效"), S_INIT("无效") },
    { S_INIT("属实"), S_INIT("不属实") },
    { S_INIT("满意"), S_INIT("不满意") },
    { S_INIT("正常"), S_INIT("异常") },
    { S_INIT("竣工"), S_INIT("在建") },
    { S_INIT("盈"), S_INIT("亏") },
    { S_INIT("城镇"), S_INIT("乡村") },
    { S_INIT("税收"), S_INIT("非税") },
    { S_INIT("重点"), S_INIT("普通") },
    { S_INIT("重点"), S_INIT("一般") },
    { S_INIT("有效"), S_INIT("重复") },
    { S_INIT("重复"), S_INIT("有效") },
    { S_INIT("初次"), S_INIT("重复") },
    { S_INIT("基本支出"), S_INIT("项目支出") },
    { S_INIT("内"), S_INIT("外") },
};

/* Two labels that are often all there is: 来信, 来电; but there are visits too. */
static const Opposites usual[] = {
    { S_INIT("市级"), S_INIT("县级") },
    { S_INIT("省级"), S_INIT("市级") },
    { S_INIT("第一轮"), S_INIT("第二轮") },
    { S_INIT("第一批"), S_INIT("第二批") },
    { S_INIT("新"), S_INIT("修") },
    { S_INIT("办结"), S_INIT("阶段性办结") },
    { S_INIT("国家级"), S_INIT("县级") },
    { S_INIT("常规"), S_INIT("专项") },
    { S_INIT("处分"), S_INIT("组织处理") },
    { S_INIT("处分"), S_INIT("批评教育") },
    { S_INIT("立行立改"), S_INIT("长期") },
    { S_INIT("集中"), S_INIT("长期") },
    { S_INIT("重大"), S_INIT("一般") },
    { S_INIT("转办"), S_INIT("直") },
    { S_INIT("优秀"), S_INIT("一般") },
    { S_INIT("好"), S_INIT("一般") },
    { S_INIT("优秀"), S_INIT("合格") },
    { S_INIT("公益性"), S_INIT("经营性") },
    { S_INIT("全资"), S_INIT("控股") },
    { S_INIT("党内"), S_INIT("政务") },
    { S_INIT("常规"), S_INIT("回头看") },
    { S_INIT("销号"), S_INIT("延期") },
    { S_INIT("村"), S_INIT("社区") },
    { S_INIT("企业"), S_INIT("事业") },
    { S_INIT("小学"), S_INIT("初中") },
    { S_INIT("来信"), S_INIT("来电") },
    { S_INIT("来电"), S_INIT("来信") },
    { S_INIT("现场"), S_INIT("转办") },
    { S_INIT("领导小组"), S_INIT("办公室") },
    { S_INIT("面上"), S_INIT("重点") },
    { S_INIT("正常"), S_INIT("停工") },
    { S_INIT("正常"), S_INIT("滞后") },
    { S_INIT("赞成"), S_INIT("弃权") },
    { S_INIT("同意"), S_INIT("弃权") },
};

static void label_of(const Reading *r, size_t item, size_t *from, size_t *to)
{
    *from = r->num[item].lead;
    *to = r->num[item].noun_to;
}

bool label_has(const Reading *r, const List *list, size_t i, Str word)
{
    size_t from, to;
    label_of(r, list->item[i], &from, &to);
    return text_has(&r->f, from, to, word);
}

bool label_has_any(const Reading *r, const List *list, size_t i, const Str *words)
{
    size_t from, to;
    label_of(r, list->item[i], &from, &to);
    return text_has_any(&r->f, from, to, words);
}

/* 属于受理范围的, 不属于受理范围的: the last denies what the first says. */
static bool is_denied(const Reading *r, const List *list)
{
    enum { LETTER = 3, WORD = 2 * LETTER };
    static const Str denials[] = { S_INIT("不"), S_INIT("未"), S_INIT("非"), S_INIT("无"), WORDS_END };
    const Folded *f = &r->f;
    const Num *first = &r->num[list->item[0]], *last = &r->num[list_last(list)];
    for (size_t at = last->lead; at + LETTER + WORD <= last->from; at += text_char_len(f, at))
        if (text_at_any(f, at, denials)) {
            size_t hit = text_find(f, first->lead, first->from, (Str){ f->ptr + at + LETTER, WORD });
            if (hit != SIZE_MAX && !text_ends_any(f, first->lead, hit, denials))
                return true;
        }
    return false;
}

static bool is_among(const Reading *r, const List *list, const Opposites *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (label_has(r, list, 0, pairs[i].a) && label_has(r, list, list->count - 1, pairs[i].b))
            return true;
    return false;
}

bool label_complements(const Reading *r, const List *list)
{
    return is_denied(r, list) || is_among(r, list, complements, sizeof complements / sizeof complements[0]);
}

bool label_opposites(const Reading *r, const List *list)
{
    return label_complements(r, list) || is_among(r, list, usual, sizeof usual / sizeof usual[0]);
}
