using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Mutation;

/// <summary>Makes the inputs of a target: the same for the same seed and number, given the same corpus.</summary>
/// <param name="target">What they are for.</param>
/// <param name="corpus">What they are made of; at least one.</param>
/// <param name="seed">The run.</param>
internal sealed class Mutator(FuzzTarget target, IReadOnlyList<byte[]> corpus, int seed)
{
    /// <summary>How many inputs the corpus holds: the numbers below 0 are these, unchanged.</summary>
    public int Seeds => corpus.Count;

    /// <summary>The input with that number.</summary>
    public byte[] Make(long number)
    {
        if (number < 0) return corpus[(int)-number - 1];
        var random = new Random(Mixed(number));
        var bytes = Any(random);
        var way = random.Next(20);
        if (way < 16) bytes = Structured(bytes, random);
        if (way >= 13) for (var n = random.Next(1, 5); n > 0; n--) bytes = ByteMutation.Change(bytes, Any(random), random);
        return bytes.Length > target.LargestInput ? bytes[..target.LargestInput] : bytes;
    }

    private byte[] Structured(byte[] bytes, Random random)
    {
        var root = Root(bytes);
        var mutation = new StructureMutation(random, () => Root(Any(random)), target.Tokens);
        if (target.IsCapture && random.Next(2) == 0) StreamMutation.Change(root, mutation, random);
        else for (var n = 1 << random.Next(4); n > 0; n--) mutation.Change(root);
        return root.ToBytes();
    }

    private Node Root(byte[] bytes) => new("root", bytes) { Grammar = target.Grammar };

    private byte[] Any(Random random) => corpus[random.Next(corpus.Count)];

    /// <summary>A seed of its own for each input (splitmix64).</summary>
    private int Mixed(long number)
    {
        var mixed = unchecked((ulong)number + ((ulong)(uint)seed << 32));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return (int)(mixed ^ (mixed >> 31));
    }
}
