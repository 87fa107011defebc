// One problem's whole life, played through the pages by its people.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { feedBack, openCity, unitPerson } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const title = '报销凭证附件不齐全';

test('a problem from the paper to the strike-off', { timeout: 300000 }, async () => {
    // Today one inspection is on site: the state company's.
    const member = await city.person('member1');
    await member.go('/inspections?state=on_site');
    await member.page.getByRole('link', { name: '示例市城市建设投资集团党委' }).first().click();
    await member.shows('title', '城市建设投资集团');
    const place = new URL(member.page.url()).pathname;

    await member.at('make-papers').click();
    const dialog = member.page.locator('.el-dialog:visible');
    await member.fill({
        title, category: { choice: '群众身边' }, nature: { choice: '面上问题' }, manifestation: '2020年抽查的12份报销凭证中，3份缺少验收单。',
        basis: '会计基础工作规范', qualification: '财务审核不严', source: { choice: '调阅资料' }, method: '抽查凭证', responsible_body: '示例市城市建设投资集团党委',
        collector: { choice: '江示明' }, checker: { choice: '史示真' },
    }, dialog);
    await member.save(dialog);
    await member.shows('state', '草稿');
    const paper = new URL(member.page.url()).pathname;

    await member.at('do-sign').click();
    await member.save(member.page.locator('.el-dialog:visible'));
    await member.page.locator('.el-message', { hasText: '没有证据材料' }).waitFor();
    await member.page.keyboard.press('Escape');
    await member.attach('凭证摘录.txt', '第7号、第15号、第22号凭证缺少验收单。\n');
    await member.move('sign', { opinion: '情况属实' });
    await member.shows('signatures', '江示明');

    const second = await city.person('member2');
    await second.page.getByRole('link', { name: title }).first().click();
    await second.move('sign', { opinion: '已核对' });
    await second.shows('state', '待复核');

    const deputy = await city.person('deputy');
    await deputy.page.getByRole('link', { name: title }).first().click();
    await deputy.move('return', { reason: '请写明凭证所属月份' });
    await deputy.shows('state', '退回');
    await member.go(paper);
    await member.at('edit').click();
    await member.fill({ manifestation: '2020年6月抽查的12份报销凭证中，3份缺少验收单。' });
    await member.save();
    await member.move('sign');
    await second.go(paper);
    await second.move('sign');
    await deputy.go(paper);
    await deputy.move('sign');
    await deputy.shows('state', '待审签');

    const head = await city.person('head');
    await head.page.getByRole('link', { name: title }).first().click();
    await head.move('sign');
    await head.shows('state', '已审签');

    await head.go(place);
    await head.page.getByRole('tab', { name: /^问题（/ }).click();
    await head.at('papers').click();
    await head.page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: title }).click();
    await head.page.keyboard.press('Escape');
    await head.at('make-findings').click();
    const draw = head.page.locator('.el-dialog:visible');
    await head.fill({ title, text: '2020年6月抽查的12份报销凭证中，3份缺少验收单。', category: { choice: '群众身边' } }, draw);
    await head.save(draw);
    await head.page.getByRole('link', { name: title }).first().waitFor();

    // Of this inspection only this problem is told: the two drafts of the demo are taken back.
    for (let i = 0; i < 2; i++) {
        await head.page.locator('[data-test="table-findings"] tr', { hasText: '拟反馈' }).filter({ hasNotText: title }).locator('a').first().click();
        await head.move('withdraw', { reason: '证据不足，不再反馈' });
        await head.page.getByText('已撤回').first().waitFor();
        await head.go(place);
        await head.page.getByRole('tab', { name: /^问题（/ }).click();
    }

    const office = await city.person('office');
    const start = await office.figure('rectification_rate');
    await feedBack(office, place, '示巡反〔2021〕88号');
    const fed = await office.figure('rectification_rate');
    assert.equal(fed.denominator, start.denominator + 1, 'the denominator grows by one');
    assert.equal(fed.numerator, start.numerator);

    const unit = await unitPerson(city, 'chengtou', '城市建设投资集团');
    await unit.page.getByRole('link', { name: '示巡反〔2021〕88号' }).first().click();
    await unit.move('receive', { received_by: '示书记' });
    await unit.page.getByText('已签收').first().waitFor();
    await unit.go('/');
    await unit.page.getByRole('link', { name: title }).first().click();
    await unit.shows('state', '未启动');
    const item = new URL(unit.page.url()).pathname;
    await unit.at('edit').click();
    await unit.fill({ measures: '补齐验收单，修订报销审核办法。', leader: '示书记' });
    await unit.save();
    await unit.move('start');
    await unit.shows('state', '整改中');
    await unit.at('edit').click();
    await unit.fill({ result: '3份验收单已补齐，办法已印发。' });
    await unit.save();
    await unit.fill({ kind: { choice: '单位说明' }, text: '问题属实，已经纠正。' });
    await unit.save();
    await unit.page.getByText('问题属实，已经纠正。').waitFor();
    await unit.attach('整改佐证.txt', '验收单目录\n');
    await unit.move('apply');
    await unit.shows('state', '申请销号');

    const supervisor = await city.person('discipline');
    await supervisor.page.getByRole('link', { name: title }).first().click();
    await supervisor.move('review', { opinion: '佐证齐全' });
    await supervisor.shows('state', '申请销号');
    await office.go(item);
    await office.move('strike', { opinion: '同意销号' });
    await office.shows('state', '已销号');

    const end = await office.figure('rectification_rate');
    assert.equal(end.denominator, fed.denominator);
    assert.equal(end.numerator, fed.numerator + 1, 'the numerator grows by one');
    await end.row.locator('[data-test="numerator"]').click();
    assert.equal(await office.total(), end.numerator, 'the door of the numerator opens exactly its records');
    await office.go('/figures');
    await office.at('figure-rectification_rate').locator('[data-test="denominator"]').click();
    assert.equal(await office.total(), end.denominator, 'the door of the denominator opens exactly its records');

    for (const person of [member, second, deputy, head, office, unit, supervisor])
        assert.deepEqual(person.troubles, []);
    if (process.env.XUNCHA_SCREENSHOTS) {
        for (const [name, path] of [['home', '/'], ['inspection', place], ['paper', paper], ['item', item], ['figures', '/figures'], ['items', '/rectifications'], ['units', '/units'], ['rounds', '/rounds']]) {
            await office.go(path);
            await office.page.waitForTimeout(700);
            await office.page.screenshot({ path: `${process.env.XUNCHA_SCREENSHOTS}/${name}.png` });
        }
    }
});
