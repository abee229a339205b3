using System.Buffers.Binary;
using HandshakeToMermaid.Fuzzing.Mutation;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Tests;

/// <summary>Inputs can be made again, keep their form where they are to, and are made smaller when they fail.</summary>
public sealed class MutatorTests
{
    private static readonly Material Sample = Material.Find(Corpus.Repository, captures: null).First(m => m.Name.Contains("tls12-success", StringComparison.Ordinal));

    public static TheoryData<string> Targets => [.. TargetCatalog.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_same_seed_and_number_make_the_same_input(string name)
    {
        var target = TargetCatalog.Named(name)!;
        byte[][] corpus = [.. target.Seeds(Sample), [1, 0, 4, 1, 2, 3, 4]];
        foreach (var number in (long[])[-1, 0, 5, 99, 12345])
        {
            Assert.Equal(new Mutator(target, corpus, 7).Make(number), new Mutator(target, [.. corpus], 7).Make(number));
        }

        Assert.NotEqual(Enumerable.Range(0, 5).SelectMany(i => new Mutator(target, corpus, 7).Make(i)), Enumerable.Range(0, 5).SelectMany(i => new Mutator(target, corpus, 8).Make(i)));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_split_is_put_together_as_it_was(string name)
    {
        var target = TargetCatalog.Named(name)!;
        foreach (var seed in target.Seeds(Sample))
        {
            var root = new Node("root", seed) { Grammar = target.Grammar };
            Open(root);
            Assert.Equal(seed, root.ToBytes());
        }
    }

    [Fact]
    public void Lengths_and_checksums_follow_a_longer_payload()
    {
        var root = new Node("root", Sample.File) { Grammar = CaptureGrammar.File };
        var packets = root.Open().Children.SelectMany(r => r.Children).SelectMany(f => f.Open().Children).Where(p => p.Kind == "ip packet").ToList();
        Assert.NotEmpty(packets);
        foreach (var packet in packets)
        {
            packet.Children[2].Bytes = [.. packet.Children[2].Bytes, 1, 2, 3];
            var bytes = packet.ToBytes();
            Assert.Equal(bytes.Length, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
            Assert.Equal(0xFFFFu, Sum(bytes.AsSpan(0, 20), 0));
            var transport = bytes.AsSpan(20);
            Assert.Equal(0xFFFFu, Sum(transport, Sum(bytes.AsSpan(12, 8), (uint)(bytes[9] + transport.Length))));
        }

        Assert.Equal(root.Children.Count, new Node("root", root.ToBytes()) { Grammar = CaptureGrammar.File }.Open().Children.Count(r => r.Kind == "pcap record"));
    }

    [Fact]
    public void A_failing_input_is_made_as_small_as_it_can_be()
    {
        var input = new byte[5000];
        input[3333] = 0x77;
        Assert.Equal([0x77], new Minimizer(new FailsOn(0x77), "unwanted byte").Minimize(input));
    }

    [Fact]
    public void Failures_of_one_kind_are_told_once()
    {
        var (one, other) = (Failure.Of(new InvariantException("same answer", "a")), Failure.Of(new AggregateException(new InvariantException("same answer", "b"))));
        Assert.Equal(one.Key, other.Key);
        Assert.NotEqual(one.Text, other.Text);
    }

    private static void Open(Node node)
    {
        foreach (var child in node.Open().Children) Open(child);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (var i = 0; i < bytes.Length; i += 2) sum += (uint)(bytes[i] << 8) + (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }

    private sealed class FailsOn(byte unwanted) : FuzzTarget
    {
        public override string Name => "fails";

        public override string Summary => "fails on a byte";

        public override Grammar Grammar => TextGrammar.Lines;

        public override (long Fixed, long PerByte) Allocation => (100_000_000, 0);

        public override int ShortRun => 0;

        public override IEnumerable<byte[]> Seeds(Material material) => [];

        public override void Run(byte[] input)
        {
            if (input.Contains(unwanted)) throw new InvariantException("unwanted byte", "it is there");
        }
    }
}
