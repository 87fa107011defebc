// The office adopts a later version of a round's rules: it sees what moves, and enters what the leading group decided.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const dialog = (who) => who.page.locator('.el-dialog:visible');

test('a later version of the rules', { timeout: 120000 }, async () => {
    const office = await city.person('office');
    await office.go('/rounds');
    await office.page.getByRole('link', { name: '示例市委第七轮巡察' }).first().click();
    await office.shows('title', '第七轮');
    await office.at('do-adopt').click();
    await office.page.getByText('没有更高的版本').waitFor();
    await office.page.keyboard.press('Escape');

    const round = office.page.url().split('/').pop();
    await office.page.evaluate(async (id) => {
        const get = async (path) => (await fetch(`/api/v1/${path}`)).json();
        const rules = await get(`rule_sets/${(await get(`rounds/${id}`)).rule_set}/rules`);
        rules.deadlines.rectification = { count: 3, unit: 'months' };
        rules.deadlines.plan = { count: 2, unit: 'months' };
        const { csrf } = await get('session');
        const post = async (path, body) => {
            const made = await fetch(`/api/v1/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify(body) });
            if (made.status !== 201) throw new Error(await made.text());
        };
        await post('rule_sets', { body: JSON.stringify({ ...rules, version: 2, valid_from: '2021-10-01' }) });
        const [item] = (await get(`rectifications?round=${id}&due_on=2021-03-14&limit=1`)).items;
        await post('filings', { inspection: item.inspection, kind: 'plan', text: '一、总体要求。' });
    }, round);
    await office.page.reload();
    await office.at('do-adopt').click();
    await office.choose(office.at('field-rule_set'), '第2版');
    await office.at('adoption-sum').waitFor();
    assert.match(await office.at('adoption-sum').textContent(), /由第1版变更为第2版：\d项时限变更/);
    const row = office.at('adoption-moves').locator('.el-table__body tr').first();
    assert.match(await row.textContent(), /整改时限.*2021-03-14.*2021-04-14/s);
    const filing = office.at('adoption-moves').locator('.el-table__body tr', { hasText: '材料报送时限' });
    assert.match(await filing.textContent(), /整改方案.*起草.*2021-02-14.*2021-03-14/s);
    assert.match(await office.at('adoption-counts').locator('tr', { hasText: '材料报送时限' }).textContent(), /材料报送时限\s*1\s*0/);
    await office.fill({ number: '示巡组〔2021〕9号', decided_by: '示例市委巡察工作领导小组', reason: '整改期限调整为三个月。', paper_no: '示巡组〔2021〕9号', on_behalf_of: '示组长' }, dialog(office));
    await office.shot('adoption');
    await office.save(dialog(office));
    await office.at('adoptions').getByText('示巡组〔2021〕9号').waitFor();
    await office.shot('adopted');

    const leader = await city.person('leader');
    await leader.go(`/rounds/${round}`);
    await leader.at('adoptions').getByRole('link', { name: '示巡组〔2021〕9号' }).click();
    await leader.page.getByText('整改期限调整为三个月。').first().waitFor();
    await leader.shot('adoption-record');
    assert.equal(await leader.at('do-adopt').count(), 0);
    for (const person of [office, leader]) assert.deepEqual(person.troubles, []);
});
