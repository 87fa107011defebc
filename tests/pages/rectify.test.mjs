// One unit from the check of its facts to the second closing of an item that came back, as its people do it on the pages;
// after each step the leading group's figures are what the table says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { feedBack, openCity, unitPerson } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const UNIT = '城市建设投资集团';
const dialog = (who) => who.page.locator('.el-dialog:visible').last();

// What each step adds to the figures of the leading group, beyond the step before.
const FIGURES = ['findings_all', 'rectification_rate', 'rate_claimed', 'plans_passed', 'objections_filed', 'objections_granted', 'findings_revoked', 'items_overdue', 'letters_reminder', 'letters_by_rule', 'items_extended', 'items_reopened'];
const TABLE = {
    'two problems are fed back': { findings_all: 2 },
    'the plan passes five bodies, once returned': { plans_passed: 1 },
    'an objection is upheld': { objections_filed: 1, objections_granted: 1, findings_revoked: 1, findings_all: -1 },
    'the day is missed': { items_overdue: 1 },
    'a reminder is issued': { letters_reminder: 1, letters_by_rule: 1 },
    'a supervision letter is issued': { letters_by_rule: 1 },
    'an extension is granted': { items_overdue: -1, items_extended: 1 },
    'strike-off is applied for': { rate_claimed: 1 },
    'the item is struck off': { rectification_rate: 1 },
    'a return visit finds it untrue': { rectification_rate: -1, rate_claimed: -1, items_reopened: 1 },
    'it is struck off again': { rectification_rate: 1, rate_claimed: 1 },
};

test('one unit, to the end', { timeout: 600000 }, async () => {
    const leader = await city.person('leader');
    let figures = await leader.figures(FIGURES);
    async function step(name) {
        const now = await leader.figures(FIGURES);
        for (const id of FIGURES) assert.equal(now[id], figures[id] + (TABLE[name][id] ?? 0), `${name}: ${id}`);
        figures = now;
    }

    // --- facts, feedback ---
    const head = await city.person('head');
    await head.go('/inspections?state=on_site');
    await head.page.getByRole('link', { name: new RegExp(UNIT) }).first().click();
    await head.page.waitForURL(/\/inspections\/\w+/);
    const place = new URL(head.page.url()).pathname;
    await head.page.getByRole('tab', { name: /^问题（/ }).click();
    await head.page.locator('[data-test="table-findings"] tr', { hasText: '拟反馈' }).locator('a').first().click();
    await head.at('send-facts').click();
    await head.fill({ facts: '2020年三次党委会没有纪要。', due_on: '2021-11-05' }, dialog(head));
    await head.save(dialog(head));
    await head.page.waitForURL(/\/fact_checks\/\w+/);
    const check = new URL(head.page.url()).pathname;
    const unit = await unitPerson(city, 'chengtou', UNIT);
    await unit.go(check);
    await unit.move('reply', { answer: { choice: /^属实$/ } });
    await head.go(check);
    await head.move('close', { outcome: { choice: '维持原表述' } });
    const office = await city.person('office');
    await feedBack(office, place, '示巡反〔2021〕95号');
    await step('two problems are fed back');

    // --- the plan ---
    await unit.go('/rectifications?state=pending');
    const links = unit.page.locator('[data-test="table-rectifications"] .el-table__body tr a[href^="/rectifications/"]');
    await links.nth(1).waitFor();
    const items = await links.evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))]);
    assert.equal(items.length, 2);
    await unit.go(place);
    await unit.page.getByRole('tab', { name: '整改材料' }).click();
    await unit.at('make-filings').click();
    await unit.fill({ kind: { choice: '整改方案' } }, dialog(unit));
    await unit.save(dialog(unit));
    await unit.page.waitForURL(/\/filings\/\w+/);
    const plan = new URL(unit.page.url()).pathname;
    await unit.at('edit').click();
    await unit.fill({ text: '对照反馈意见逐项制定措施，明确责任人和时限。', pledge: '本人对方案的真实性和整改落实负责。', pledged_by: '示书记', pledged_on: '2021-10-31' });
    await unit.save();
    await unit.at('do-submit').click();
    await unit.save(dialog(unit));
    await unit.page.getByText(/未填写：整改措施/).first().waitFor();
    await unit.shot('plan-gaps');
    for (const item of items) {
        await unit.go(item);
        await unit.at('edit').click();
        await unit.fill({ measures: '修订制度，逐项核对。', target: '账实相符。', leader: '示书记', department: '办公室', handler: '示经办', proof: '制度文本、核对表' });
        await unit.save();
        await unit.at('edit').waitFor();
    }
    await unit.go(plan);
    await unit.move('submit');
    await unit.shows('state', '会审中');
    const [discipline, organisation, propaganda] = [await city.person('discipline'), await city.person('organisation'), await city.person('propaganda')];
    const give = async (who, fields) => {
        await who.go('/');
        await who.page.getByText('整改材料待会审').first().waitFor();
        await who.go(plan);
        await who.at('do-give').first().click();
        await who.fill(fields, dialog(who));
        await who.save(dialog(who));
        await who.at('do-give').first().waitFor({ state: 'hidden' });
    };
    for (const who of [discipline, organisation, head]) await give(who, { verdict: { choice: '同意' } });
    await give(propaganda, { verdict: { choice: '建议修改' }, opinion: '第二项措施没有完成日期。', missing: '分阶段计划' });
    await office.go(plan);
    await office.at('reviews').locator('tr', { hasText: '市委巡察办' }).locator('[data-test="do-give"]').click();
    await office.fill({ verdict: { choice: '同意' } }, dialog(office));
    await office.save(dialog(office));
    await discipline.go('/');
    await discipline.page.getByText('会审意见待汇总').first().waitFor();
    await discipline.go(plan);
    await discipline.shot('plan-review');
    await discipline.move('return', { reason: '请按宣传部意见补充完成日期。', missing: '分阶段计划' });
    await unit.go(plan);
    await unit.shows('returned', '分阶段计划');
    await unit.shot('plan-returned');
    await unit.go(items[0]);
    await unit.at('edit').click();
    await unit.fill({ measures: '修订制度，逐项核对，12月10日前完成。' });
    await unit.save();
    await unit.go(plan);
    await unit.move('submit');
    await give(propaganda, { verdict: { choice: '同意' } });
    await discipline.go(plan);
    await discipline.move('approve', { opinion: '五方会审通过。' });
    await discipline.shows('state', '审核通过');
    await discipline.shot('plan-passed');
    await step('the plan passes five bodies, once returned');

    // --- an objection ---
    const [contested, item] = items;
    await unit.go(contested);
    await unit.at('make-objections').click();
    await unit.fill({ wish: { choice: '撤回问题' }, grounds: '该事项不属于本单位职责，有文件为证。' }, dialog(unit));
    await unit.save(dialog(unit));
    await unit.shows('state', '异议处理中');
    await leader.go(contested);
    await leader.move('uphold', { opinion: '经核职责文件，异议成立。' });
    await step('an objection is upheld');

    // --- the day is missed: the rules draft, people issue ---
    await unit.go(item);
    await unit.move('start');
    const issue = async (kind) => {
        await office.go('/letters?state=draft');
        const row = office.page.locator('[data-test="table-letters"] .el-table__body tr', { hasText: UNIT }).filter({ hasText: kind });
        for (let i = 0; i < 20 && (await row.count()) === 0; i++) {
            await office.page.waitForTimeout(300); // the run of the day is on its way
            await office.go('/letters?state=draft');
            await office.page.locator('[data-test="table-letters"]').waitFor();
            await office.page.waitForTimeout(300);
        }
        await row.locator('a').first().click();
        await office.page.waitForURL(/\/letters\/\w+/);
        await office.shot('letter-' + kind);
        await office.move('issue');
        await office.page.getByText('已印发').first().waitFor();
    };
    await city.goOn('2022-01-04');
    await step('the day is missed');
    await issue('提醒函');
    await office.page.getByText(/示巡提〔2022〕1号/).first().waitFor();
    await step('a reminder is issued');
    await city.goOn('2022-01-18');
    await issue('督办函');
    await step('a supervision letter is issued');
    await unit.go('/');
    await unit.page.getByText('函件待签收').first().waitFor();
    await unit.go(item);
    await unit.at('letters').scrollIntoViewIfNeeded();
    await unit.shot('item-letters');

    // --- a later day, done, struck off ---
    await unit.at('make-adjustments').click();
    await unit.fill({ kind: { choice: '延期' }, cause: { choice: '等待上级政策' }, reason: '配套办法待上级印发。', due_on: '2022-03-31' }, dialog(unit));
    await unit.save(dialog(unit));
    await office.go(item);
    await office.move('grant', { opinion: '同意延期。' });
    await step('an extension is granted');
    const close = async () => {
        await unit.go(item);
        await unit.at('edit').click();
        await unit.fill({ result: '制度已印发，逐项核对完毕。' });
        await unit.save();
        await unit.page.getByText('制度已印发，逐项核对完毕。').first().waitFor();
        await unit.go(item);
        await unit.at('file').waitFor({ state: 'attached' });
        await unit.page.waitForLoadState('networkidle');
        await unit.attach('佐证.txt', '核对表');
        await unit.move('apply');
        await unit.shows('state', '申请销号');
    };
    const strike = async () => {
        await discipline.go(item);
        await discipline.move('review', { opinion: '佐证齐全' });
        await office.go(item);
        await office.move('strike', { opinion: '同意销号' });
        await office.shows('state', '已销号');
    };
    await close();
    await step('strike-off is applied for');
    await strike();
    await step('the item is struck off');

    // --- a return visit ---
    await office.go('/rechecks');
    await office.at('make-rechecks').click();
    await office.fill({ title: '回访督查', strata: { choice: '不分层' }, size: 1, struck_from: '2022-01-18' }, dialog(office));
    await office.save(dialog(office));
    await office.at('recheck-items').waitFor();
    await office.at('record').first().click();
    await office.fill({ result: { choice: '不属实' }, found: '现场查看，制度没有执行。', due_on: '2022-02-28' }, dialog(office));
    await dialog(office).locator('[data-test="field-reopen"] .el-checkbox').click();
    await office.save(dialog(office));
    await office.page.getByText('已重启').first().waitFor();
    await step('a return visit finds it untrue');
    await close();
    await strike();
    await step('it is struck off again');
    await office.shot('item-closed-twice');
    for (const who of [leader, head, unit, office, discipline, organisation, propaganda]) assert.deepEqual(who.troubles, []);
});
