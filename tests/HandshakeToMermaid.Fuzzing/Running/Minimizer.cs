using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>Makes a failing input smaller, as long as it fails alike: parts are left out by its grammar, then bytes in ever smaller pieces.</summary>
/// <param name="target">The target.</param>
/// <param name="key">The <see cref="Failure.Key"/> that must stay.</param>
/// <param name="runs">How often the target may run.</param>
internal sealed class Minimizer(FuzzTarget target, string key, int runs = 3000)
{
    private int left = runs;

    /// <summary>The smallest input that was found.</summary>
    public byte[] Minimize(byte[] input)
    {
        var smallest = input;
        while (left > 0)
        {
            var before = smallest.Length;
            smallest = WithoutBytes(WithoutParts(smallest));
            if (smallest.Length == before) break;
        }

        return smallest;
    }

    private byte[] WithoutParts(byte[] input)
    {
        var root = new Node("root", input) { Grammar = target.Grammar };
        root.Open();
        if (root.Children.Count == 0 || !Fails(root.ToBytes())) return input;
        Thin(root, root, depth: 0);
        return root.ToBytes();
    }

    /// <summary>Leaves out runs of children, long ones first; then looks into those that are left.</summary>
    private void Thin(Node root, Node node, int depth)
    {
        for (var size = node.Children.Count; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= node.Children.Count && left > 0;)
            {
                var kept = node.Children.GetRange(at, size);
                node.Children.RemoveRange(at, size);
                if (Fails(root.ToBytes())) continue;
                node.Children.InsertRange(at, kept);
                at += size;
            }
        }

        if (depth == MaxDepth) return;
        foreach (var child in node.Children)
        {
            var (bytes, grammar) = (child.Bytes, child.Grammar);
            child.Open();
            if (child.Children.Count == 0) continue;
            if (grammar is not null && !Fails(root.ToBytes())) (child.Bytes, child.Children, child.Seal) = (bytes, [], null);
            else Thin(root, child, depth + 1);
        }
    }

    private byte[] WithoutBytes(byte[] input)
    {
        for (var size = input.Length / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at < input.Length && left > 0;)
            {
                byte[] less = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + size))];
                if (Fails(less)) input = less;
                else at += size;
            }
        }

        return input;
    }

    private bool Fails(byte[] input)
    {
        if (left <= 0) return false;
        left--;
        return Measure.Of(target, input, judgesTime: key == "time").Failure?.Key == key;
    }

    private const int MaxDepth = 12;
}
