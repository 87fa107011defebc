// Effects of rectification on the pages: stated by the unit, proved, confirmed; and what a round says before and after.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office, unit;
before(async () => {
    city = await openCity();
    office = await city.person('office');
    unit = await city.person('unit');
});
after(() => city.close());

const dialog = (person) => person.page.locator('.el-dialog:visible').last();
const closed = (person) => person.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' });

test('effects of an item: a rule, money without proof, its proof, the confirmation', async () => {
    await unit.go('/rectifications?state=ongoing');
    await unit.page.locator('.el-table__row a').first().click();
    await unit.at('effects').getByText('尚未逐条登记').waitFor();
    const item = new URL(unit.page.url()).pathname;

    await unit.at('effect-rule').click();
    assert.deepEqual(await dialog(unit).locator('[data-test="field-amount_fen"], [data-test="field-people"], [data-test="field-stated_by"]').count(), 0, 'a rule has neither money nor people');
    await unit.fill({ kind: { choice: '修订制度' }, made_on: '2021-10-20', text: '修订《财务报销管理办法》。', basis: '示财发〔2021〕9号' }, dialog(unit));
    await unit.page.keyboard.press('Tab');
    await unit.shot('effect-new');
    await unit.save(dialog(unit));
    await closed(unit);
    await unit.at('effects').getByText('单位填报').first().waitFor();
    await unit.shows('effects-differ', '建章立制台账');

    await unit.at('effect-money').click();
    await unit.fill({ kind: { choice: '清退' }, made_on: '2021-10-21', text: '清退多收的押金。' }, dialog(unit));
    await unit.save(dialog(unit));
    await dialog(unit).getByText(/须填写涉及金额/).first().waitFor();
    await unit.fill({ amount_fen: 1200 }, dialog(unit));
    await unit.save(dialog(unit));
    await closed(unit);
    await unit.at('effects').getByText('待佐证', { exact: false }).first().waitFor();
    assert.doesNotMatch(await unit.at('effects-compared').innerText(), /1,200/, 'without proof it does not count');
    assert.equal(await unit.at('do-confirm').count(), 0, 'confirming is not the unit\'s');

    await unit.at('effects').getByRole('link', { name: '清退' }).click();
    await unit.page.waitForURL(/\/effects\//);
    await unit.shows('value-state', '待佐证');
    await unit.attach('清退签领表.txt', '逐户签领');
    await unit.shows('value-state', '单位填报');
    await unit.go(item);
    await unit.shows('effects-compared', '1,200.00 元');
    await unit.shot('effects');

    await office.go('/effects?state=stated');
    await office.page.locator('.el-table__row a').first().waitFor();
    await office.go(item);
    await office.at('effects').locator('[data-test="do-reject"]').first().click();
    await office.fill({ reason: '修订稿尚未印发' }, dialog(office));
    await office.save(dialog(office));
    await closed(office);
    await office.at('effects').getByText('不予认定', { exact: false }).first().waitFor();
    await office.at('effects').locator('[data-test="do-confirm"]').click();
    await office.fill({ opinion: '已核对签领表。' }, dialog(office));
    await office.save(dialog(office));
    await closed(office);
    await office.at('effects').getByText('已核实').first().waitFor();
    await office.shot('effects-office');
    await office.page.evaluate(async (id) => (await (await fetch(`/api/v1/rectifications/${id}`)).json()).finding, item.split('/').pop()).then((finding) => office.go(`/findings/${finding}`));
    await office.at('effects').getByText('清退多收的押金。').waitFor();
    assert.deepEqual([...office.troubles, ...unit.troubles], []);
});

// A special round with projects: 4 works, of which 1 had started before and 3 by the year's end; one other project.
async function specialRound() {
    return office.page.evaluate(async () => {
        const { csrf } = await (await fetch('/api/v1/session')).json();
        const first = async (path) => (await (await fetch(`/api/v1/${path}`)).json()).items[0].id;
        const post = async (path, body) => {
            const answer = await fetch(`/api/v1/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify(body) });
            if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
            return (await answer.json()).id;
        };
        const round = await post('rounds', { organiser: await first('organisers'), term: '第十三届', type: 'special', name: '示例专项巡察', year: 2020, taxonomy: 'T6', starts_on: '2020-03-05' });
        const unit = await first('units');
        const works = ['2019-06-01', '2020-03-05', '2020-12-31', '2021-01-04'];
        for (const [i, actual_start] of works.entries()) await post('projects', { round, unit, name: `示道路${i}`, kind: 'municipal', actual_start, planned_finish: '2021-06-30', ...(i < 3 ? { actual_finish: i ? '2021-06-30' : '2021-07-01' } : {}), estimate_fen: 1000, ...(i ? { paid_fen: i === 2 ? 1001 : 1000 } : {}) });
        await post('projects', { round, unit, name: '示学校', kind: 'livelihood' });
        return round;
    });
}

test('before and after: sentences whose numbers open their lists', async () => {
    const round = await specialRound();
    await office.go(`/rounds/${round}`);
    await office.at('measures').getByText('市政工程').first().waitFor();
    const lines = await office.at('measures').locator('p').allInnerTexts();
    assert.deepEqual(lines, [
        '本轮开始（2020-03-05）前，4个市政工程中1个已开工（25%）；至当年底（2020-12-31）3个已开工（75%）。',
        '本轮开始（2020-03-05）前，5个登记的项目中1个已开工（20%）；至当年底（2020-12-31）3个已开工（60%）。',
        '3个已竣工的项目中，1个晚于计划竣工（33.33%）。',
        '3个记载概算和支付的项目中，1个支付超过概算（33.33%）。',
    ]);
    await office.shot('measures');
    for (const [line, link] of lines.flatMap((text, i) => [...text.matchAll(/(\d+)个/g)].map((m, j) => [[i, j], Number(m[1])]))) {
        await office.at('measures').locator('p').nth(line[0]).locator('a').nth(line[1]).click();
        await office.at('total').waitFor();
        assert.equal(await office.total(), link, `${lines[line[0]]} ${line[1]}`);
        await office.go(`/rounds/${round}`);
        await office.at('measures').getByText('市政工程').first().waitFor();
    }
    assert.deepEqual(office.troubles, []);
});
