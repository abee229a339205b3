using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>
/// The operators. With text on either side both sides are taken as text, else with a list as lists; a null makes
/// arithmetic null and an order false; else numbers, where a double makes the other side one.
/// </summary>
internal static class Operators
{
    public static object? Apply(RenderContext context, SourceSpan at, BinaryOperator op, object? left, object? right)
    {
        context.At = at;
        if (op == BinaryOperator.IfNull) return left ?? right;
        if (op == BinaryOperator.IfNotNull) return left is null ? null : right;
        if (left is string || right is string) return Texts(context, op, left, right);
        if (left is EmptyValue || right is EmptyValue) return Empties(context, op, left, right);
        if (left is IReadOnlyList<object?> || right is IReadOnlyList<object?>) return Lists(context, op, left, right);
        if (left is null || right is null) return Nulls(op, left, right);
        return Numbers(context, op, left, right);
    }

    private static object? Texts(RenderContext context, BinaryOperator op, object? left, object? right) => op switch
    {
        BinaryOperator.Add => context.Join("", context.Text(left), context.Text(right)),
        BinaryOperator.Multiply => right is string text ? context.Repeat(text, context.Integer(left)) : context.Repeat((string)left!, context.Integer(right)),
        BinaryOperator.Equal => Values.Box(context.Text(left) == context.Text(right)),
        BinaryOperator.NotEqual => Values.Box(context.Text(left) != context.Text(right)),
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
            Values.Box(Holds(op, string.CompareOrdinal(context.Text(left), context.Text(right)))),
        _ => throw NotDefined(context, op, left, right),
    };

    private static object? Empties(RenderContext context, BinaryOperator op, object? left, object? right)
    {
        var isEmpty = left is EmptyValue && right is EmptyValue ? true : Values.IsEmpty(context, left is EmptyValue ? right : left);
        return op switch
        {
            BinaryOperator.Equal or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual => isEmpty,
            BinaryOperator.NotEqual => isEmpty is bool known ? Values.Box(!known) : null,
            BinaryOperator.Less or BinaryOperator.Greater => Values.Box(false),
            _ => EmptyValue.Instance,
        };
    }

    private static object? Lists(RenderContext context, BinaryOperator op, object? left, object? right)
    {
        var first = left as IReadOnlyList<object?>;
        var second = right as IReadOnlyList<object?>;
        switch (op)
        {
            case BinaryOperator.Add when first is not null && second is not null: return Concat(context, first, second);
            case BinaryOperator.ShiftLeft when first is not null: return Concat(context, first, [right]);
            case BinaryOperator.ShiftRight when second is not null: return Concat(context, [left], second);
            case BinaryOperator.Multiply when first is null != second is null:
                var list = first ?? second!;
                var times = context.Integer(first is null ? left : right);
                if (times < 0) throw context.Error("a list cannot be repeated less than no times");
                context.Step((long)list.Count * times);
                return new ScriptArray(Enumerable.Range(0, times).SelectMany(_ => list));
            case >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual when first is not null && second is not null:
                return Values.Box(Compare(context, op, first, second));
            default: throw NotDefined(context, op, left, right);
        }
    }

    public static ScriptArray Concat(RenderContext context, IReadOnlyList<object?> first, IReadOnlyList<object?> second)
    {
        context.Step((long)first.Count + second.Count);
        return new ScriptArray(first.Concat(second));
    }

    /// <summary>Lists are compared by their lengths; of the same length, the operator must hold for every pair of items.</summary>
    private static bool Compare(RenderContext context, BinaryOperator op, IReadOnlyList<object?> first, IReadOnlyList<object?> second)
    {
        var order = first.Count.CompareTo(second.Count);
        if (order != 0 || first.Count == 0) return Holds(op, order);
        context.Step(first.Count);
        var at = context.At;
        context.EnterCall(at);
        for (var i = 0; i < first.Count; i++)
        {
            if (Apply(context, at, op, first[i], second[i]) is not true)
            {
                context.LeaveCall();
                return false;
            }
        }
        context.LeaveCall();
        return true;
    }

    private static object? Nulls(BinaryOperator op, object? left, object? right) => op switch
    {
        BinaryOperator.Equal => Values.Box(left is null && right is null),
        BinaryOperator.NotEqual => Values.Box(left is not null || right is not null),
        >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual => Values.Box(false),
        _ => null,
    };

    private static object? Numbers(RenderContext context, BinaryOperator op, object left, object right)
    {
        if (left is bool && right is bool && op is not (BinaryOperator.Equal or BinaryOperator.NotEqual)) throw NotDefined(context, op, left, right);
        if (TryInteger(left, out var first) && TryInteger(right, out var second)) return Integers(context, op, first, second);
        if (TryNumber(left, out var x) && TryNumber(right, out var y)) return Doubles(context, op, x, y);
        if (op == BinaryOperator.Equal) return Values.Box(left.Equals(right));
        throw NotDefined(context, op, left, right);
    }

    private static object? Integers(RenderContext context, BinaryOperator op, long left, long right)
    {
        if (op is BinaryOperator.DivideWhole or BinaryOperator.Modulus && right is 0) throw context.Error("division by zero");
        try
        {
            return op switch
            {
                BinaryOperator.Add => Values.Box(checked(left + right)),
                BinaryOperator.Subtract => Values.Box(checked(left - right)),
                BinaryOperator.Multiply => Values.Box(checked(left * right)),
                BinaryOperator.Divide => (double)left / right,
                BinaryOperator.DivideWhole => Values.Box(checked(left / right)),
                BinaryOperator.Modulus => Values.Box(right == -1 ? 0 : left % right),
                BinaryOperator.ShiftLeft when right is >= 0 and < 64 => Values.Box(ShiftLeft(left, (int)right)),
                BinaryOperator.ShiftRight when right is >= 0 and < 64 => Values.Box(left >> (int)right),
                BinaryOperator.Range => Range(context, left, right, right >= left ? checked(right - left + 1) : checked(left - right + 1)),
                BinaryOperator.RangeExclusive => Range(context, left, right, right >= left ? checked(right - left) : checked(left - right)),
                >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual => Values.Box(Holds(op, left.CompareTo(right))),
                _ => throw NotDefined(context, op, left, right),
            };
        }
        catch (OverflowException)
        {
            throw context.Error("the result does not fit 64 bits");
        }
    }

    private static long ShiftLeft(long value, int count) => (value << count) >> count == value ? value << count : throw new OverflowException();

    private static IntegerRange Range(RenderContext context, long first, long last, long count) =>
        count <= int.MaxValue ? new IntegerRange(first, (int)count, last >= first ? 1 : -1) : throw context.Error("this range is too long");

    private static object? Doubles(RenderContext context, BinaryOperator op, double left, double right) => op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.DivideWhole => Math.Round(left / right),
        BinaryOperator.Modulus => left % right,
        BinaryOperator.Equal => Values.Box(left == right),
        BinaryOperator.NotEqual => Values.Box(left != right),
        BinaryOperator.Less => Values.Box(left < right),
        BinaryOperator.LessOrEqual => Values.Box(left <= right),
        BinaryOperator.Greater => Values.Box(left > right),
        BinaryOperator.GreaterOrEqual => Values.Box(left >= right),
        _ => throw NotDefined(context, op, left, right),
    };

    private static bool Holds(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool TryInteger(object value, out long integer)
    {
        if (value is not bool truth) return Values.TryInteger(value, out integer);
        integer = truth ? 1 : 0;
        return true;
    }

    private static bool TryNumber(object value, out double number)
    {
        if (Values.TryDouble(value, out number)) return true;
        var isInteger = TryInteger(value, out var integer);
        number = integer;
        return isInteger;
    }

    private static TemplateException NotDefined(RenderContext context, BinaryOperator op, object? left, object? right) =>
        context.Error($"`{SymbolOf(op)}` is not defined between {Values.KindOf(left)} and {Values.KindOf(right)}");

    private static string SymbolOf(BinaryOperator op) => Symbols[(int)op];

    // In the order of the enumeration.
    private static readonly string[] Symbols =
        ["??", "?!", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "//", "%", "<<", ">>", "..", "..<"];
}
