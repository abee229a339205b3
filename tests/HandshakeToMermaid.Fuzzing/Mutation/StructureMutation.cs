using HandshakeToMermaid.Fuzzing.Structure;

namespace HandshakeToMermaid.Fuzzing.Mutation;

/// <summary>Changes an input as what it is: parts are left out, repeated, swapped, exchanged for those of other inputs, grown, cut and filled; lengths follow, or lie.</summary>
/// <param name="random">What chooses.</param>
/// <param name="donor">Gives the root of another input of the same form.</param>
/// <param name="tokens">Texts and bytes that mean something to the target.</param>
internal sealed class StructureMutation(Random random, Func<Node> donor, IReadOnlyList<byte[]> tokens)
{
    private Node? other;

    /// <summary>One change somewhere below the root.</summary>
    public void Change(Node root)
    {
        var path = Walk(root);
        var node = path[^1];
        var parent = path.Count > 1 ? path[^2] : null;
        switch (random.Next(parent is null ? 5 : 14))
        {
            case 0:
                Leaf(node);
                break;
            case 1:
                Token(node);
                break;
            case 2 or 3:
                node.Bytes = Changed(node.Bytes);
                break;
            case 4:
                node.Lie = random.Next(3) == 0 && node.Seal is not null ? null : Lies(random.Next());
                if (random.Next(3) == 0) node.Seal = null;
                break;
            case 5 or 6:
                parent!.Children.Remove(node);
                break;
            case 7 or 8:
                parent!.Children.Insert(random.Next(parent.Children.Count + 1), node.Copy());
                break;
            case 9:
                Repeat(parent!, node);
                break;
            case 10:
                var (one, two) = (parent!.Children.IndexOf(node), random.Next(parent.Children.Count));
                (parent.Children[one], parent.Children[two]) = (parent.Children[two], parent.Children[one]);
                break;
            default:
                Exchange(parent!, node);
                break;
        }
    }

    /// <summary>A way down from the root; parts are opened on the way, and may be stopped at anywhere.</summary>
    private List<Node> Walk(Node root)
    {
        var path = new List<Node> { root };
        for (var node = root.Open(); node.Children.Count > 0; path.Add(node))
        {
            if (path.Count > 1 && random.Next(7) == 0) break;
            node = node.Children[random.Next(node.Children.Count)].Open();
        }

        return path;
    }

    private void Leaf(Node node)
    {
        var bytes = node.Bytes;
        var at = random.Next(bytes.Length + 1);
        node.Bytes = random.Next(4) switch
        {
            0 => bytes[..at],
            1 => [.. bytes.AsSpan(0, at), .. Filled(random.Next(1, 1 << random.Next(1, 13)))],
            2 => [],
            _ => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + random.Next(1, 9)))],
        };
    }

    private void Token(Node node)
    {
        if (tokens.Count == 0) return;
        var token = tokens[random.Next(tokens.Count)];
        var at = random.Next(node.Bytes.Length + 1);
        node.Bytes = random.Next(2) == 0 ? token : [.. node.Bytes.AsSpan(0, at), .. token, .. node.Bytes.AsSpan(at)];
    }

    private void Repeat(Node parent, Node node)
    {
        var times = 1 << random.Next(1, 8);
        var at = parent.Children.IndexOf(node);
        for (var i = 0; i < times && parent.Children.Count < 4096; i++) parent.Children.Insert(at, node.Copy());
    }

    /// <summary>A part of the same kind from another input takes its place, or stands beside it; or a part of any kind where there is none.</summary>
    private void Exchange(Node parent, Node node)
    {
        other ??= donor();
        Node? found = null;
        for (var tries = 0; tries < 40 && found?.Kind != node.Kind; tries++) found = Walk(other)[^1];
        if (found is null || (found.Kind != node.Kind && random.Next(3) > 0)) return;
        var at = parent.Children.IndexOf(node);
        if (random.Next(2) == 0) parent.Children[at] = found.Copy();
        else parent.Children.Insert(at, found.Copy());
    }

    private byte[] Changed(byte[] bytes)
    {
        var changed = (byte[])bytes.Clone();
        Numbers.Change(changed, random);
        return changed;
    }

    private byte[] Filled(int length)
    {
        var bytes = new byte[length];
        if (random.Next(2) == 0) bytes.AsSpan().Fill((byte)random.Next(256));
        else random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Changes a number near the beginning, where lengths are; the same each time the input is written.</summary>
    private static Func<byte[], byte[]> Lies(int seed) => whole =>
    {
        var head = whole[..Math.Min(whole.Length, 24)];
        Numbers.Change(head, new Random(seed));
        head.CopyTo(whole, 0);
        return whole;
    };
}
