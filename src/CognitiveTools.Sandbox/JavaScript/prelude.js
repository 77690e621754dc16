// Runs before the model's program, in the same engine. It offers print and console, and caps the built-ins that allocate
// whatever size they are asked for, because the engine's own limits are only looked at between statements.
(function (write, stop, maxBytes) {
    'use strict';
    const { apply, construct, ownKeys, get } = Reflect;
    const { isArray } = Array;
    const { Promise } = globalThis;
    const { then } = Promise.prototype;
    const { max } = Math;
    const deepest = 4, widest = 100;

    function show(value, depth) {
        if (typeof value === 'string') return depth === 0 ? value : "'" + value + "'";
        if (typeof value === 'bigint' || value === null || typeof value !== 'object') return String(value);
        if (value instanceof Error || value instanceof Date || value instanceof RegExp) return String(value);
        if (depth >= deepest) return isArray(value) ? '[...]' : '{...}';
        const parts = [];
        const add = text => { parts.push(parts.length < widest ? text : '...'); return parts.length <= widest; };
        if (isArray(value) || ArrayBuffer.isView(value)) {
            for (let i = 0; i < value.length; i++) if (!add(show(value[i], depth + 1))) break;
            return '[' + parts.join(', ') + ']';
        }
        if (value instanceof Map) {
            for (const [k, v] of value) if (!add(show(k, depth + 1) + ' => ' + show(v, depth + 1))) break;
            return 'Map {' + parts.join(', ') + '}';
        }
        if (value instanceof Set) {
            for (const v of value) if (!add(show(v, depth + 1))) break;
            return 'Set {' + parts.join(', ') + '}';
        }
        for (const key of ownKeys(value)) if (!add(String(key) + ': ' + show(get(value, key), depth + 1))) break;
        return '{' + parts.join(', ') + '}';
    }

    const hide = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
    const guard = bytes => { if (bytes > maxBytes) stop(); };

    for (const name of ['repeat', 'padStart', 'padEnd']) {
        const original = String.prototype[name];
        hide(String.prototype, name, function (count, filler) {
            const text = String(this);
            const size = +count;
            guard(2 * (name === 'repeat' ? text.length * size : max(text.length, size)));
            return name === 'repeat' ? apply(original, text, [size]) : apply(original, text, filler === undefined ? [size] : [size, filler]);
        });
    }

    // A text becomes a number in one call, in a time that grows faster than its length.
    const digits = 100000;
    const bigint = BigInt;
    const whole = new Proxy(bigint, {
        apply(target, self, args) {
            const value = typeof args[0] === 'object' && args[0] !== null ? args[0][Symbol.toPrimitive]?.('number') ?? String(args[0]) : args[0];
            if (typeof value === 'string' && value.length > digits) stop();
            return target(value);
        },
    });
    for (const name of ['asIntN', 'asUintN']) {
        const original = bigint[name];
        hide(bigint, name, function (bits, value) {
            if (+bits > 4 * digits) stop();
            return original(+bits, value);
        });
    }
    hide(bigint.prototype, 'constructor', whole);
    hide(globalThis, 'BigInt', whole);

    const buffers = ['ArrayBuffer', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
        'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'];
    for (const name of buffers) {
        const original = globalThis[name];
        if (original === undefined) continue;
        const width = original.BYTES_PER_ELEMENT ?? 1;
        const capped = new Proxy(original, {
            construct(target, args, newTarget) {
                const first = args[0];
                const length = typeof first === 'object' && first !== null ? first.length ?? 0 : first;
                guard(width * max(+length || 0, +args[1]?.maxByteLength || 0));
                return construct(target, args, newTarget === capped ? target : newTarget);
            },
        });
        hide(original.prototype, 'constructor', capped);
        hide(globalThis, name, capped);
    }
    for (const name of ['resize', 'transfer', 'transferToFixedLength']) delete ArrayBuffer.prototype[name];
    delete globalThis.SharedArrayBuffer;
    delete globalThis.Atomics;

    function print(...values) {
        let line = '';
        for (let i = 0; i < values.length; i++) line += (i === 0 ? '' : ' ') + show(values[i], 0);
        write(line + '\n');
    }
    hide(globalThis, 'print', print);
    hide(globalThis, 'console', { log: print, info: print, debug: print, warn: print, error: print });

    return {
        show: value => show(value, 0),
        // The host runs the pending jobs before it reads the box: what is pending then stays so, for there are no timers.
        settle(value) {
            const box = { state: 'fulfilled', value };
            if (value instanceof Promise) {
                box.state = 'pending';
                apply(then, value, [v => { box.state = 'fulfilled'; box.value = v; }, e => { box.state = 'rejected'; box.value = e; }]);
            }
            return box;
        },
    };
})
