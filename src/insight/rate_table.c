/* The rate of rectification by its several definitions, and what lies between one and the next. */
#include "domain/rectification.h"
#include "insight/condition_words.h"
#include "insight/indicator.h"

#define ONLY_CLAIMED  WHERE(IS(Rectification_state, "applied"))
#define ONLY_AGAIN    WHERE(DONE, GIVEN(Rectification_reopened))
#define ONLY_BASIC    WHERE(IS(Rectification_state, "basic"))
#define ACCEPTED_RATE "rectification_rate"
const RateVariant rate_variants[] = {
    { ACCEPTED_RATE, { "审核确认", "Accepted" }, NOTHING, NOTHING },
    { "rate_claimed", { "单位申报", "Claimed" }, ONLY_CLAIMED, NOTHING },
    { "rate_strict", { "剔除反弹", "Without those that came back" }, NOTHING, ONLY_AGAIN },
    { "rate_with_basic", { "含基本完成", "With basically done" }, ONLY_BASIC, NOTHING },
    { "rate_with_long", { "含基本完成和长期整改", "With basically done and long-term" },
        WHERE(IS_ONE_OF(Rectification_state, "basic", "long_term")), NOTHING },
};
const size_t rate_variant_count = sizeof rate_variants / sizeof rate_variants[0];

const RateStep rate_steps[] = {
    { "rate_claimed", ACCEPTED_RATE, false, ONLY_CLAIMED,
        { "单位报了完成、申请销号，尚未通过审核的问题",
            "findings that the unit says are done and no review has accepted yet" } },
    { "rate_strict", ACCEPTED_RATE, true, ONLY_AGAIN,
        { "销号后反弹重启、后来又销号的问题",
            "findings that came back after they were struck off, and were struck off again" } },
    { "rate_with_basic", ACCEPTED_RATE, false, ONLY_BASIC,
        { "经批准为基本完成、尚未销号的问题", "findings granted as basically done and not struck off yet" } },
    { "rate_with_long", "rate_with_basic", false, WHERE(IS(Rectification_state, "long_term")),
        { "经批准长期整改、有阶段目标、尚未完成的问题",
            "findings granted as long-term, which have a stage target and are not done yet" } },
};
const size_t rate_step_count = sizeof rate_steps / sizeof rate_steps[0];
const Conditions rate_rest = WHERE(OPEN, IS_NOT(Rectification_state, "applied"), IS_NOT(Rectification_state, "basic"),
    IS_NOT(Rectification_state, "long_term"));
const Text rate_rest_records = { "未启动、正在整改、异议处理中，或反弹重启后尚未销号的问题",
    "findings not started, being rectified, objected to, or come back and not struck off again" };
