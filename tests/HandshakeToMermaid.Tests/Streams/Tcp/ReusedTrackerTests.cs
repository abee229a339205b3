using System.Collections;
using System.Reflection;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>A tracker that serves another connection must have nothing of the one before, whatever is added to it one day.</summary>
public sealed class ReusedTrackerTests
{
    [Fact]
    public void A_tracker_that_serves_again_is_as_a_new_one()
    {
        var (client, server) = (new IpEndpoint(IpAddress.FromIpv4(0x0A000001), 40000), new IpEndpoint(IpAddress.FromIpv4(0x0A000002), 443));
        var flow = new TcpFlow(8, "two", client, server, new FrameMark(1, default));
        var used = new TcpTracker();
        used.Begin(flow, AnalyzerLimits.Default, null);
        Scribble(used, [flow]);
        used.Reader.Take();
        used.Begin(flow, AnalyzerLimits.Default, null);
        var fresh = new TcpTracker();
        fresh.Begin(flow, AnalyzerLimits.Default, null);

        var differences = new List<string>();
        Compare("tracker", fresh, used, differences, new HashSet<object>(ReferenceEqualityComparer.Instance));
        Assert.Empty(differences);
    }

    /// <summary>Puts something else into every field that a flow and its halves have.</summary>
    private static void Scribble(object thing, HashSet<object> done)
    {
        if (!done.Add(thing)) return;
        foreach (var field in Fields(thing))
        {
            var value = field.GetValue(thing);
            if (value is IList { IsReadOnly: false, IsFixedSize: false } list) list.Add(Activator.CreateInstance(field.FieldType.GetGenericArguments()[0]));
            else if (Scribbled(field.FieldType, value) is { } other) field.SetValue(thing, other);
            else if (value is not null && IsOurs(value))
            {
                Scribble(value, done);
                if (value.GetType().IsValueType) field.SetValue(thing, value);
            }
        }
    }

    private static object? Scribbled(Type type, object? value)
    {
        if (type == typeof(bool)) return !(bool)value!;
        if (type == typeof(long)) return (long)value! ^ 0x55;
        if (type == typeof(ulong)) return (ulong)value! ^ 0x55;
        if (type == typeof(int)) return (int)value! ^ 0x4;
        if (type == typeof(uint)) return (uint)value! ^ 0x55;
        if (type == typeof(byte)) return (byte)0x55;
        if (type == typeof(FrameMark)) return new FrameMark(99, new Timestamp(99));
        if (type == typeof(Timestamp)) return new Timestamp(98);
        return type.IsEnum ? Enum.ToObject(type, 1) : null;
    }

    private static void Compare(string path, object? expected, object? actual, List<string> differences, HashSet<object> done)
    {
        if (expected is null || actual is null || !(IsOurs(expected) || expected is ICollection))
        {
            if (!Equals(expected, actual)) differences.Add($"{path}: {actual} instead of {expected}");
            return;
        }

        if (expected is ICollection one)
        {
            // The room that a list or an array has is no content.
            if (expected is not Array && one.Count != ((ICollection)actual).Count) differences.Add($"{path}: {((ICollection)actual).Count} entries");
            return;
        }

        if (!expected.GetType().IsValueType && !done.Add(expected)) return;
        foreach (var field in Fields(expected)) Compare($"{path}.{field.Name}", field.GetValue(expected), field.GetValue(actual), differences, done);
    }

    /// <summary>True for what has fields to look into: values that know when they are equal are asked.</summary>
    private static bool IsOurs(object thing)
    {
        var type = thing.GetType();
        return type.Namespace!.StartsWith("HandshakeToMermaid", StringComparison.Ordinal) && !(type.IsValueType && type.IsAssignableTo(typeof(IEquatable<>).MakeGenericType(type))) && !type.IsEnum;
    }

    private static IEnumerable<FieldInfo> Fields(object thing)
    {
        for (var type = thing.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)) yield return field;
        }
    }
}
