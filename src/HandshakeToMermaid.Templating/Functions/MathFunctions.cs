using System.Globalization;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Functions;

/// <summary>The <c>math</c> functions.</summary>
internal static class MathFunctions
{
    public static BuiltinObject Object { get; } = new BuiltinObject("math")
        .With("abs", "value", Abs)
        .With("ceil", "value", (c, a) => Math.Ceiling(Number(c, a[0])))
        .With("divided_by", "value divisor", DividedBy)
        .With("floor", "value", (c, a) => Math.Floor(Number(c, a[0])))
        .With("format", "value format", (c, a) => a[0] is null || IsNumber(a[0]) ? Format(c, a) : throw c.Error($"expected a number instead of {Values.KindOf(a[0])}"))
        .With("is_number", "value", (_, a) => Values.Box(IsNumber(a[0])))
        .With("minus", "value with", (c, a) => Operators.Apply(c, c.At, BinaryOperator.Subtract, a[0], a[1]))
        .With("modulo", "value with", (c, a) => Operators.Apply(c, c.At, BinaryOperator.Modulus, a[0], a[1]))
        .With("plus", "value with", (c, a) => Operators.Apply(c, c.At, BinaryOperator.Add, a[0], a[1]))
        .With("round", "value precision?", Round)
        .With("times", "value with", (c, a) => Operators.Apply(c, c.At, BinaryOperator.Multiply, a[0], a[1]));

    /// <summary>Formats a value with a .NET format string, invariantly; a null is no text.</summary>
    public static object? Format(RenderContext context, object?[] arguments)
    {
        if (arguments[0] is null) return "";
        var format = context.Text(arguments[1]);
        if (arguments[0] is not IFormattable value) throw context.Error($"{Values.KindOf(arguments[0])} has no format");
        // A precision of a billion digits would be a text of a billion digits.
        if (format.Length > MaxFormat || format.AsSpan().ContainsAny(Digits) && !HasShortNumbers(format)) throw context.Error("this format is too long");
        try
        {
            var text = value.ToString(format, CultureInfo.InvariantCulture);
            context.Build(text.Length);
            return text;
        }
        catch (FormatException)
        {
            throw context.Error($"`{format}` is not a format for {Values.KindOf(value)}");
        }
    }

    private static object? Abs(RenderContext context, object?[] arguments)
    {
        if (arguments[0] is null) return null;
        if (!Values.TryInteger(arguments[0], out var integer)) return Math.Abs(Number(context, arguments[0]));
        return integer == long.MinValue ? throw context.Error("the result does not fit 64 bits") : Values.Box(Math.Abs(integer));
    }

    /// <summary>With a whole divisor the result is rounded down to a whole number.</summary>
    private static object? DividedBy(RenderContext context, object?[] arguments)
    {
        var result = Operators.Apply(context, context.At, BinaryOperator.Divide, Number(context, arguments[0]), arguments[1]);
        return Values.TryInteger(arguments[1], out _) && result is double quotient && Math.Abs(quotient) < long.MaxValue ? Values.Box((long)Math.Floor(quotient)) : result;
    }

    /// <summary>Halves go to the even neighbour.</summary>
    private static object? Round(RenderContext context, object?[] arguments)
    {
        var precision = context.Integer(arguments[1]);
        return precision is >= 0 and <= 15 ? Math.Round(Number(context, arguments[0]), precision) : throw context.Error("a precision is from 0 to 15");
    }

    private static double Number(RenderContext context, object? value)
    {
        if (value is null) return 0;
        if (Values.TryDouble(value, out var number)) return number;
        return Values.TryInteger(value, out var integer) ? integer : throw context.Error($"expected a number instead of {Values.KindOf(value)}");
    }

    private static bool IsNumber(object? value) => Values.TryInteger(value, out _) || Values.TryDouble(value, out _);

    private static bool HasShortNumbers(string format)
    {
        var run = 0;
        foreach (var c in format)
        {
            run = char.IsAsciiDigit(c) && c != '0' || run > 0 && char.IsAsciiDigit(c) ? run + 1 : 0;
            if (run > MaxPrecisionDigits) return false;
        }
        return true;
    }

    private const int MaxFormat = 64;
    private const int MaxPrecisionDigits = 3;
    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("123456789");
}
