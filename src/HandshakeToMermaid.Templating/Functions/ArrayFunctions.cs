using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Functions;

/// <summary>The <c>array</c> functions. None changes its list: each gives a new one. A null list is an empty one.</summary>
internal static class ArrayFunctions
{
    public static BuiltinObject Object { get; } = new BuiltinObject("array")
        .With("add", "list value", (c, a) => Operators.Concat(c, List(c, a[0]), [a[1]]))
        .With("add_range", "list1 list2", (c, a) => Concat(c, a[0], a[1]))
        .With("compact", "list", (c, a) => Keep(c, a[0], (_, item) => item is not null))
        .With("concat", "list1 list2", (c, a) => Concat(c, a[0], a[1]))
        .With("contains", "list item", (c, a) => Values.Box(Items(c, a[0]).Contains(a[1], ValueComparer.Instance)))
        .With("cycle", "list group?", Cycle)
        .With("each", "list function", Each)
        .With("filter", "list function", Filter)
        .With("first", "list", (c, a) => List(c, a[0]) is [var first, ..] ? first : null)
        .With("insert_at", "list index value", InsertAt)
        .With("join", "list delimiter function?", Join)
        .With("last", "list", (c, a) => List(c, a[0]) is { Count: > 0 } list ? list[^1] : null)
        .With("limit", "list count", (c, a) => a[0] is null ? null : new ScriptArray(Items(c, a[0]).Take(c.Integer(a[1]))))
        .With("map", "list member", Map)
        .With("offset", "list index", (c, a) => a[0] is null ? null : new ScriptArray(Items(c, a[0]).Skip(c.Integer(a[1]))))
        .With("remove_at", "list index", RemoveAt)
        .With("reverse", "list", (c, a) => new ScriptArray(Enumerable.Reverse(Items(c, a[0]))))
        .With("size", "list", (c, a) => Values.Box(List(c, a[0]).Count))
        .With("sort", "list member?", Sort)
        .With("uniq", "list", (c, a) => a[0] is null ? null : new ScriptArray(Items(c, a[0]).Distinct(ValueComparer.Instance)));

    private static IReadOnlyList<object?> List(RenderContext context, object? value) =>
        Values.TryList(context, value, out var list) || value is null ? list : throw context.Error($"expected a list instead of {Values.KindOf(value)}");

    /// <summary>The items about to be copied: each is a step.</summary>
    private static IEnumerable<object?> Items(RenderContext context, object? value)
    {
        var list = List(context, value);
        context.Step(list.Count);
        return list;
    }

    private static object? Concat(RenderContext context, object? first, object? second) =>
        first is null && second is null ? null : Operators.Concat(context, List(context, first), List(context, second));

    private static object? Keep(RenderContext context, object? list, Func<RenderContext, object?, bool> test) =>
        list is null ? null : new ScriptArray(Items(context, list).Where(item => test(context, item)));

    private static object? Cycle(RenderContext context, object?[] arguments)
    {
        var list = List(context, arguments[0]);
        if (list.Count == 0) return null;
        var group = arguments[1] ?? Join(context, [list, ",", null]);
        return list[context.NextOfCycle(context.Text(group), list.Count)];
    }

    private static object? Each(RenderContext context, object?[] arguments) => arguments switch
    {
        [null, _] => null,
        [var list, null] => list,
        [var list, var function] => new ScriptArray(Items(context, list).Select(item => Apply(context, function, item))),
        _ => null,
    };

    private static object? Filter(RenderContext context, object?[] arguments) => arguments switch
    {
        [null, _] => null,
        [var list, null] => list,
        [var list, var function] => Keep(context, list, (c, item) => Values.IsTrue(Apply(c, function, item))),
        _ => null,
    };

    private static object? Apply(RenderContext context, object? function, object? item) => function is ScriptFunction callee
        ? callee.Invoke(context, new Call(context.At, [item]))
        : throw context.Error($"expected a function, written with `@`, instead of {Values.KindOf(function)}");

    private static object? InsertAt(RenderContext context, object?[] arguments)
    {
        var index = Math.Max(0, context.Integer(arguments[1]));
        context.Step(index);
        var result = new ScriptArray(Items(context, arguments[0]));
        while (result.Count < index) result.Add(null);
        result.Items.Insert(index, arguments[2]);
        return result;
    }

    private static object? Join(RenderContext context, object?[] arguments)
    {
        var list = List(context, arguments[0]);
        context.Step(list.Count);
        var texts = new string[list.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = context.Text(list[i]);
            if (arguments[2] is { } function) texts[i] = context.Text(Apply(context, function, texts[i]));
        }
        return context.Join(context.Text(arguments[1]), texts);
    }

    private static object? Map(RenderContext context, object?[] arguments)
    {
        var name = context.Text(arguments[1]);
        var result = new ScriptArray();
        foreach (var item in Items(context, arguments[0]))
        {
            if (Values.TryGetMember(item, name, out var value)) result.Add(value);
        }
        return result;
    }

    private static object? RemoveAt(RenderContext context, object?[] arguments)
    {
        var result = new ScriptArray(Items(context, arguments[0]));
        var index = context.Integer(arguments[1]);
        if (index < 0) index += result.Count;
        if (index >= 0 && index < result.Count) result.Items.RemoveAt(index);
        return result;
    }

    private static object? Sort(RenderContext context, object?[] arguments)
    {
        var result = new ScriptArray(Items(context, arguments[0]));
        var member = context.Text(arguments[1]);
        try
        {
            if (member.Length == 0) result.Items.Sort(ValueComparer.Instance);
            else result.Items.Sort((x, y) => ValueComparer.Instance.Compare(Member(x, member), Member(y, member)));
        }
        catch (InvalidOperationException e) when (e.InnerException is InvalidCastException cause)
        {
            throw context.Error(cause.Message);
        }
        return result;
    }

    private static object? Member(object? item, string name) => Values.TryGetMember(item, name, out var value) ? value : null;
}
