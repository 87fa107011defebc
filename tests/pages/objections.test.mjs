// Facts checked with the unit before the feedback; an objection after it, decided by the leading group.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { feedBack, openCity, unitPerson } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const dialog = (who) => who.page.locator('.el-dialog:visible');

test('facts, feedback, an objection, its decision', { timeout: 240000 }, async () => {
    const head = await city.person('head');
    await head.go('/inspections?state=on_site');
    await head.page.getByRole('link', { name: '示例市城市建设投资集团党委' }).first().click();
    await head.shows('title', '城市建设投资集团');
    await head.page.waitForURL(/\/inspections\/\w+/);
    const place = new URL(head.page.url()).pathname;
    await head.page.getByRole('tab', { name: /^问题（/ }).click();
    await head.page.locator('[data-test="table-findings"] tr', { hasText: '拟反馈' }).locator('a').first().click();
    await head.at('send-facts').click();
    await head.fill({ facts: '2020年三次党委会没有纪要，涉及资金二十万元。', due_on: '2021-11-05' }, dialog(head));
    await head.shot('facts-send');
    await head.save(dialog(head));
    await head.page.getByText('待核对').first().waitFor();
    await head.page.waitForURL(/\/fact_checks\/\w+/);
    const check = new URL(head.page.url()).pathname;

    const unit = await unitPerson(city, 'chengtou', '城市建设投资集团');
    await unit.page.getByRole('link', { name: /三次党委会没有纪要/ }).first().click();
    await unit.shot('facts-unit');
    await unit.move('reply', { answer: { choice: '部分不实' }, words: '其中一次有纪要，见会议档案。' });
    await unit.page.getByText('已答复').first().waitFor();

    await head.go(check);
    await head.at('do-close').click();
    await head.fill({ outcome: { choice: '据实修改' } }, dialog(head));
    const text = dialog(head).locator('[data-test="field-text"] textarea');
    assert.ok((await text.inputValue()).length > 5, 'the form begins with what the finding says');
    await text.fill('2020年两次党委会没有纪要，涉及资金二十万元。');
    await head.shot('facts-settle');
    await head.save(dialog(head));
    await head.page.getByText('已处理').first().waitFor();
    await head.go(place);
    await head.page.getByRole('tab', { name: '事实核对' }).click();
    await head.at('table-fact_checks').getByText('据实修改').first().waitFor();
    await head.shot('facts');

    const office = await city.person('office');
    await feedBack(office, place, '示巡反〔2021〕89号');
    await unit.go('/rectifications');
    // on a slow line: what comes late must not draw anew, and close, a form that was opened meanwhile
    await unit.page.route('**/api/v1/findings/*', (route) => setTimeout(() => route.continue(), 1000));
    await unit.page.locator('[data-test="table-rectifications"] .el-table__body tr', { hasText: '未启动' }).locator('a').first().click();
    await unit.page.waitForURL(/\/rectifications\/\w+/);
    const item = new URL(unit.page.url()).pathname;
    await unit.at('make-objections').click();
    await unit.page.waitForTimeout(1500);
    await unit.fill({ wish: { choice: '修改问题表述' }, grounds: '资金为十二万元，凭证附后。' }, dialog(unit));
    await unit.page.unroute('**/api/v1/findings/*');
    await unit.shot('object');
    await unit.save(dialog(unit));
    await unit.shows('state', '异议处理中');
    await unit.page.getByText('停止计时').first().waitFor();
    await unit.page.locator('[data-test="objections"] a').first().click();
    await unit.page.waitForURL(/\/objections\//);
    await unit.page.getByText('提出期限').first().waitFor();
    await unit.attach('凭证.txt', '第9号凭证');
    await unit.shot('objection-unit');

    const leader = await city.person('leader');
    await leader.page.getByRole('link', { name: /异议待处理|异议/ }).first().waitFor();
    await leader.go(item);
    await leader.at('do-amend').click();
    assert.ok((await dialog(leader).locator('[data-test="field-text"] textarea').inputValue()).length > 5);
    await leader.fill({ text: '涉及资金十二万元。', opinion: '经核凭证，金额有误。' }, dialog(leader));
    await leader.shot('amend');
    await leader.save(dialog(leader));
    await leader.shows('objections', '采纳并修改');
    await leader.shot('amended');
    await unit.go(item);
    await unit.shows('state', '未启动');
    await unit.page.getByText('涉及资金十二万元。').first().waitFor();
    assert.deepEqual([...head.troubles, ...unit.troubles, ...office.troubles, ...leader.troubles], []);
});
