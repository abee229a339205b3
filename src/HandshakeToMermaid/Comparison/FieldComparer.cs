using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>Compares two steps field by field.</summary>
internal static class FieldComparer
{
    /// <summary>In what they differ, in the order in which their protocol names its fields.</summary>
    public static IEnumerable<Difference> Compare(Step good, Step bad)
    {
        if (good.Title != bad.Title)
        {
            yield return new Difference(DifferenceKind.Replaced, good.Title, "", [good.Title], [bad.Title]) { InGood = good, InBad = bad };
            yield break;
        }

        var (ofGood, ofBad) = (FieldsOf(good), FieldsOf(bad));
        var hasDifference = false;
        foreach (var name in ofGood.Keys.Concat(ofBad.Keys.Where(n => !ofGood.ContainsKey(n))))
        {
            var (left, right) = (ofGood.GetValueOrDefault(name), ofBad.GetValueOrDefault(name));
            if (KindOf(left, right) is not { } kind || (hasDifference && (left ?? right)!.IsSummary)) continue;
            hasDifference = true;
            yield return new Difference(kind, good.Title, name, left?.Values ?? [], right?.Values ?? []) { InGood = good, InBad = bad, Meaning = MeaningOf(left, right) };
        }
    }

    /// <summary>What a difference probably means: a field without values says what its emptiness means where it knows.</summary>
    private static string? MeaningOf(StepField? good, StepField? bad)
    {
        StepField?[] sides = [good, bad];
        return sides.FirstOrDefault(f => f is { Values.Count: 0, Meaning: not null })?.Meaning ?? sides.FirstOrDefault(f => f is { Values.Count: > 0 })?.Meaning;
    }

    private static DifferenceKind? KindOf(StepField? good, StepField? bad)
    {
        if (good is null || bad is null) return (good ?? bad) is { IsDetail: false, Values.Count: > 0 } ? DifferenceKind.Value : null;
        if (good.Values.SequenceEqual(bad.Values)) return null;
        if (!good.Values.Order(StringComparer.Ordinal).SequenceEqual(bad.Values.Order(StringComparer.Ordinal))) return DifferenceKind.Value;
        return good.IsOrdered && bad.IsOrdered ? DifferenceKind.Order : null;
    }

    private static OrderedDictionary<string, StepField> FieldsOf(Step step)
    {
        var fields = new OrderedDictionary<string, StepField>(StringComparer.Ordinal);
        foreach (var field in step.Fields) fields[field.Name] = fields.TryGetValue(field.Name, out var known) ? known with { Values = [.. known.Values, .. field.Values] } : field;
        return fields;
    }
}
