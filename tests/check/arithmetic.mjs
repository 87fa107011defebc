// The arithmetic by which a mutation counts as refutable. It reads the formula that a person wrote beside a claim
// and knows nothing of the checker: exact fractions of BigInt, intervals for rounded operands, half-up and
// truncation both allowed for what is stated. See README.md beside it for the notation.

const DIGIT = { 〇: 0n, 零: 0n, 一: 1n, 二: 2n, 两: 2n, 三: 3n, 四: 4n, 五: 5n, 六: 6n, 七: 7n, 八: 8n, 九: 9n };
const PLACE = { 十: 10n, 百: 100n, 千: 1000n };
const SCALE = { 万: 10000n, 亿: 100000000n };

const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
const q = (n, d = 1n) => { const g = gcd(n, d) || 1n; return d < 0n ? { n: -n / g, d: -d / g } : { n: n / g, d: d / g }; };
const add = (a, b) => q(a.n * b.d + b.n * a.d, a.d * b.d);
const sub = (a, b) => q(a.n * b.d - b.n * a.d, a.d * b.d);
const mul = (a, b) => q(a.n * b.n, a.d * b.d);
const div = (a, b) => q(a.n * b.d, a.d * b.n);
const less = (a, b) => a.n * b.d < b.n * a.d;
const abs = (a) => (a.n < 0n ? q(-a.n, a.d) : a);

/** A number in Chinese characters as a BigInt: 四百零五, 两万三千. */
export function chinese(text) {
    let total = 0n, section = 0n, digit = 0n;
    for (const ch of text) {
        if (ch in DIGIT) digit = DIGIT[ch];
        else if (ch in PLACE) { section += (digit || 1n) * PLACE[ch]; digit = 0n; }
        else if (ch in SCALE) { total = (total + section + digit) * SCALE[ch]; section = digit = 0n; }
    }
    return total + section + digit;
}

/** One literal: its value, the step of its last printed digit, and whether it was rounded when printed. */
export function literal(text) {
    const plain = text.replace(/[０-９]/g, (c) => String(c.charCodeAt(0) - 0xff10));
    let m;
    if ((m = /^百分之([一二三四五六七八九十百零两]+)$/.exec(plain))) return { value: q(chinese(m[1]), 100n), step: q(1n, 100n), rounded: true };
    if ((m = /^([一二三四五六七八九十两]+)分之([一二三四五六七八九十两]+)$/.exec(plain)))
        return { value: q(chinese(m[2]), chinese(m[1])), step: q(3n, 50n), rounded: true };
    if ((m = /^([一二三四五六七八九十])成$/.exec(plain))) return { value: q(chinese(m[1]), 10n), step: q(1n, 10n), rounded: true };
    if ((m = /^([〇零一二两三四五六七八九十百千万亿]+)(倍?)$/.exec(plain)))
        return { value: q(chinese(m[1])), step: q(1n), rounded: m[2] !== '' };
    m = /^(\d+)(?:\.(\d+))?([万亿]?)(%|个百分点|倍)?$/.exec(plain);
    if (!m) throw new Error(`no number: ${text}`);
    const decimals = m[2] ? m[2].length : 0, unit = 10n ** BigInt(decimals);
    const scale = (m[3] ? SCALE[m[3]] : 1n), cent = m[4] === '%' || m[4] === '个百分点' ? 100n : 1n;
    return { value: q(BigInt(m[1] + (m[2] ?? '')) * scale, unit * cent), step: q(scale, unit * cent), rounded: decimals > 0 || m[3] !== '' || !!m[4] };
}

const LITERAL = /百分之[一二三四五六七八九十百零两]+|[一二三四五六七八九十两]+分之[一二三四五六七八九十两]+|[一二三四五六七八九十]成|[〇零一二两三四五六七八九十百千万亿]+倍?|[\d０-９]+(?:\.\d+)?[万亿]?(?:%|个百分点|倍)?/y;

function tokens(text) {
    const list = [];
    for (let at = 0; at < text.length;) {
        LITERAL.lastIndex = at;
        const m = LITERAL.exec(text);
        if (m) { list.push({ text: m[0] }); at += m[0].length; }
        else list.push({ sign: text[at++] });
    }
    return list;
}

const HALF = q(1n, 2n);
function bounds(lit) {
    const slack = lit.rounded ? mul(lit.step, HALF) : q(0n);
    return { lo: sub(lit.value, slack), hi: add(lit.value, slack) };
}
const least = (list) => list.reduce((a, b) => (less(b, a) ? b : a));
const most = (list) => list.reduce((a, b) => (less(a, b) ? b : a));

/** Interval value of a sum of products: the usual grammar, nothing more. */
function evaluate(list, literals) {
    let at = 0, used = 0, divided = false;
    const atom = () => {
        const t = list[at++];
        if (t.sign === '(') { const v = sum(); at++; return v; }
        return bounds(literals[used++]);
    };
    const product = () => {
        let v = atom();
        while (list[at]?.sign === '*' || list[at]?.sign === '/') {
            const op = list[at++].sign, w = atom(), f = op === '*' ? mul : div;
            if (op === '/') { divided = true; if (w.lo.n <= 0n) throw new Error('division by nothing'); }
            const all = [f(v.lo, w.lo), f(v.lo, w.hi), f(v.hi, w.lo), f(v.hi, w.hi)];
            v = { lo: least(all), hi: most(all) };
        }
        return v;
    };
    const sum = () => {
        let v = product();
        while (list[at]?.sign === '+' || list[at]?.sign === '-') {
            const op = list[at++].sign, w = product();
            v = op === '+' ? { lo: add(v.lo, w.lo), hi: add(v.hi, w.hi) } : { lo: sub(v.lo, w.hi), hi: sub(v.hi, w.lo) };
        }
        return v;
    };
    return { ...sum(), divided };
}

/** Does [lo, hi] hold a value that is printed as `lit`, by half-up or by truncation? A sum of whole numbers is exact. */
function prints(v, lit) {
    let { lo, hi } = v;
    if (hi.n < 0n || (lo.n < 0n && hi.n <= 0n)) [lo, hi] = [abs(hi), abs(lo)];
    const exact = !v.divided && !lit.rounded && lo.n === hi.n && lo.d === hi.d;
    if (exact) return lo.n === lit.value.n && lo.d === lit.value.d;
    return !less(hi, sub(lit.value, mul(lit.step, HALF))) && less(lo, add(lit.value, lit.step));
}

/** A growth without its base: is there a whole number from which `now` is reached by `change`? */
function baseExists(now, change, down) {
    const one = q(1n), end = down ? sub(one, change.value) : add(one, change.value);
    if (end.n <= 0n) return false;
    const guess = div(now, end), from = guess.n / guess.d - 2n;
    for (let base = from < 1n ? 1n : from; base <= guess.n / guess.d + 3n; base++) {
        const rate = down ? sub(one, div(now, q(base))) : sub(div(now, q(base)), one);
        if (rate.n >= 0n && prints({ lo: rate, hi: rate, divided: true }, change)) return true;
    }
    return false;
}

/** The literals of a formula, in order; those of listed(…) are no figures of the text. */
export function operands(formula) {
    return tokens(formula).filter((t) => t.text).map((t) => t.text);
}

/** True when the formula holds with these literals in place of its own. */
export function holds(formula, texts = operands(formula)) {
    const lits = texts.map(literal);
    let m;
    if ((m = /^listed\(\d+\)=/.exec(formula))) return lits[0].value.n === lits[1].value.n;
    if ((m = /^(base|down)\(/.exec(formula))) return baseExists(lits[0].value, lits[1], m[1] === 'down');
    const [, left, op] = /^(.*?)(==|<=|=)(?=[^=])/.exec(formula);
    const list = tokens(left), count = list.filter((t) => t.text).length;
    const v = evaluate(list, lits.slice(0, count));
    const right = formula.slice(left.length + op.length), rest = lits.slice(count);
    if (op === '==') return lits[0].value.n === rest[0].value.n && lits[0].value.d === rest[0].value.d;
    if (op === '<=') return !less(rest[0].value, v.lo);
    if (rest.length === 2 && right.includes('/'))
        return prints(v, { value: div(rest[0].value, rest[1].value), step: q(3n, 50n), rounded: true });
    return prints(v, rest[0]);
}
