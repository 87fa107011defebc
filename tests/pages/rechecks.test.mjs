// A recheck on the pages: drawn, a result entered, what is not known yet said, an untrue item reopened.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());

const dialog = () => office.page.locator('.el-dialog:visible').last();
async function enter(n, fields) {
    await office.at('record').nth(n).click();
    await office.fill(fields, dialog());
    await office.save(dialog());
    await dialog().waitFor({ state: 'hidden' });
}

test('drawn, entered, told', async () => {
    await office.go('/rechecks');
    await office.at('make-rechecks').click();
    await office.fill({ title: '上半年销号事项抽查', strata: { choice: '不分层' }, size: 5, seed: '示例' }, dialog());
    await office.shot('recheck-draw');
    await office.save(dialog());
    await office.at('recheck-items').waitFor();
    assert.match(await office.at('unknown').innerText(), /还不能推算.*还有5项没有结论/);
    await enter(0, { result: { choice: '不属实' }, found: '现场查看，制度没有执行。' });
    for (let n = 1; n < 5; n++) await enter(n, { result: { choice: /^属实$/ } });
    const first = office.at('recheck-items').locator('tbody tr').first();
    for (const column of ['原报整改结果', '核查情况', '现在状态']) assert.match(await office.at('recheck-items').locator('thead').innerText(), new RegExp(column));
    assert.match(await first.innerText(), /现场查看，制度没有执行。[\s\S]*已销号/);
    assert.ok((await first.locator('td').nth(3).innerText()).length > 3, 'what the unit reported stands beside what was found');
    const told = await office.at('estimate').innerText();
    assert.match(told, /80\.0%/);
    assert.match(told, /属实4项，部分属实0项，不属实1项，反弹0项/);
    await office.shot('recheck');
    await office.at('record').first().click();
    await dialog().locator('[data-test="field-reopen"] .el-checkbox, [data-test="field-reopen"] .el-switch').first().click();
    await office.fill({ due_on: '2022-01-31' }, dialog());
    await office.save(dialog());
    await office.page.getByText('已重启').first().waitFor();
    await office.at('recheck-items').locator('tr', { hasText: '已重启' }).locator('a').click();
    await office.page.getByText('反弹重启').first().waitFor();
    assert.deepEqual(office.troubles, []);
});

test('beside the rates a sentence tells what it found; its numbers open what was checked', async () => {
    await office.go('/figures');
    await office.at('more-rectification_rate').click();
    const confirmed = office.at('why-confirmed');
    await confirmed.waitFor();
    assert.match(await confirmed.innerText(), /^抽查“上半年销号事项抽查”从当时已销号的\d+个（含专项巡察反馈的问题）中抽取5个，已核查5个，其中属实4个。据此推算，80\.0%属实（95%置信区间/);
    await confirmed.scrollIntoViewIfNeeded();
    await office.shot('why-confirmed');
    await confirmed.getByRole('link', { name: '4个' }).click();
    await office.page.waitForURL(/recheck_items\?/);
    assert.equal(await office.total(), 4);
    await office.go('/figures');
    await office.at('more-rectification_rate').click();
    await confirmed.getByRole('link', { name: '上半年销号事项抽查' }).click();
    await office.at('recheck-items').waitFor();
    assert.deepEqual(office.troubles, []);
});
