// Every figure is a door: numbers on the pages open exactly what they count.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office, leader;
before(async () => {
    city = await openCity();
    office = await city.person('office');
    leader = await city.person('leader');
});
after(() => city.close());

// By the article's numbers, those that the small city holds.
const TEN = { meetings_requirements: 18, meetings_secretary: 12, meetings_leading_group: 20, instructions: 103, rounds_regular: 3, units_covered: 20, findings_fed_back: 104, findings_rectified: 95, rules_organisation: 134, rules_office: 49, flows_office: 5, trainings_special: 4, publicity_speeches: 4 };

test('more than ten figures open their lists, and the lists count the same', async () => {
    for (const [id, count] of Object.entries(TEN)) {
        await leader.go('/figures');
        const value = leader.at('figure-' + id).locator('[data-test="value"] a');
        assert.equal(Number((await value.innerText()).replaceAll(',', '')), count, id);
        await value.click();
        await leader.page.waitForURL((url) => url.search.length > 0 || url.pathname !== '/figures');
        assert.equal(await leader.total(), count, id);
    }
});

test('a filter narrows every figure that has it, and says which have not', async () => {
    await leader.go('/figures');
    await leader.choose(leader.at('filter-kind'), '政府部门');
    await leader.page.waitForURL(/kind=government/);
    await leader.at('figure-meetings_secretary').locator('[data-test="lacks"]').waitFor();
    const value = leader.at('figure-findings_fed_back').locator('[data-test="value"] a');
    const count = Number(await value.innerText());
    assert.ok(count > 0 && count < 104);
    await value.click();
    assert.equal(await leader.total(), count);
});

test('the rate by other definitions, and its groups', async () => {
    await leader.go('/figures');
    await leader.at('more-rectification_rate').click();
    const strict = leader.at('variant-rate_strict');
    await strict.waitFor();
    assert.match(await strict.innerText(), /从未反弹/);
    await leader.at('by-round').click();
    await leader.at('cells').getByText('示例市委').first().waitFor();
    const rows = await leader.at('cells').locator('tbody tr').allInnerTexts();
    const total = rows.reduce((n, r) => n + Number(r.match(/÷\s*(\d+)/)[1]), 0);
    assert.equal(total, 104);
});

test('why the definitions differ, in words; a number opens its records', async () => {
    await leader.go('/figures');
    await leader.at('more-rectification_rate').click();
    await leader.at('why').waitFor();
    const said = await leader.at('why').locator('li').allInnerTexts();
    assert.equal(said.length, 6, said.join('\n'));
    assert.match(said[0], /^“单位申报”/);
    assert.match(said.at(-2), /^各口径都不计的有\d+个：未启动、正在整改/);
    assert.match(said.at(-1), /^所选范围尚未开展“抽查”/);
    await leader.shot('why');
    const rest = leader.at('why-rest').locator('a');
    const count = parseInt(await rest.innerText(), 10);
    assert.ok(count > 0);
    await rest.click();
    await leader.page.waitForURL(/rectifications\?/);
    assert.equal(await leader.total(), count);
});

test('a mark of the dashboard, as a number, opens what it counts; charts say their counts in words', async () => {
    await leader.go('/dashboard');
    const section = leader.at('section-progress');
    await section.locator('svg').waitFor();
    assert.match(await section.locator('[data-test="words"]').innerText(), /已销号\d+个/);
    await section.locator('[data-test="as-table"]').click();
    const mark = section.locator('[data-test="mark"]').first();
    const count = Number(await mark.innerText());
    await mark.click();
    assert.equal(await leader.total(), count);
});

test('a click into the chart opens a list too', async () => {
    await leader.go('/dashboard');
    const chart = leader.at('section-age').locator('.place');
    await chart.locator('svg').waitFor();
    const bar = chart.locator('svg path[fill="#b34b40"]').first();
    for (let n = 0; n < 5 && !/rectifications\?/.test(leader.page.url()); n++) {
        await bar.click(); // the page may still move under the pointer while other charts come
        await leader.page.waitForURL(/rectifications\?/, { timeout: 3000 }).catch(() => {});
    }
    assert.match(leader.page.url(), /rectifications\?/);
    assert.ok((await leader.total()) > 0);
});

test('the wall page fits 16 : 9 and names no unit', async () => {
    const context = await city.browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN', storageState: await leader.page.context().storageState() });
    const page = await context.newPage();
    await page.goto(city.url + '/wall');
    await page.locator('[data-test="section-progress"] svg').waitFor();
    const wall = page.locator('[data-test="wall"]');
    assert.ok(await wall.evaluate((e) => e.scrollHeight <= 1081 && e.scrollWidth <= 1921), 'it needs no scrolling');
    assert.ok(!/党组|党委（/.test(await wall.innerText()));
    await context.close();
});

test('the report: every number is a figure and opens its records; what is not kept says so', async () => {
    await leader.go('/report');
    const rate = leader.at('report-rectification_rate').first();
    await rate.waitFor();
    assert.equal(await rate.innerText(), '91.35');
    assert.ok((await leader.at('missing').count()) > 5);
    const fed = leader.at('report-findings_fed_back').first();
    await fed.click();
    assert.equal(await leader.total(), 104);
});

test('figures are frozen, published by the leading group, and asked again', async () => {
    await office.go('/figures');
    await office.at('freeze').click();
    const dialog = office.page.locator('.el-dialog:visible');
    await office.fill({ organiser: { choice: '示例市' }, title: '五年综述所用数据' }, dialog);
    await office.save(dialog);
    await office.page.waitForURL(/figure_sets\/./);
    await office.shows('intact', '核对一致');
    await office.shows('summary', '没有指标发生变化');
    await leader.go(new URL(office.page.url()).pathname);
    await leader.move('publish', { opinion: '同意使用' });
    await leader.page.getByText('已发布').first().waitFor();
    assert.deepEqual([...office.troubles, ...leader.troubles], []);
});

test('statistics forms: a number opens its list, checks are shown, the office makes one of its own', async () => {
    await office.go('/statistics');
    await office.at('form-ZG-01').locator('a').first().click();
    await office.at('checks').waitFor();
    assert.ok(!(await office.at('checks').innerText()).includes('✗'));
    const cell = office.at('form').locator('tbody tr').first().locator('a').first();
    const count = Number(await cell.innerText());
    await cell.click();
    assert.equal(await office.total(), count);
    await office.go('/statistics');
    await office.at('make-forms').click();
    const dialog = office.page.locator('.el-dialog:visible');
    await office.fill({ organiser: { choice: '示例市' }, body: '{"code":' }, dialog);
    await office.save(dialog);
    await dialog.getByText('不是有效的JSON').first().waitFor();
    await office.fill({ body: JSON.stringify({ code: 'BB-09', title: '按类别统计', columns: [{ key: 'a', label: '反馈', figure: 'findings_fed_back' }], rows: [{ key: 'k', each: 'kind' }] }) }, dialog);
    await office.save(dialog);
    await office.page.waitForURL(/statistics\/./);
    await office.at('form').getByText('政府部门').waitFor();
    assert.deepEqual(office.troubles, []);
});
