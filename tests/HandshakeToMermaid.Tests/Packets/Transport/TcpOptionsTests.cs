using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Transport;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Transport;

public class TcpOptionsTests
{
    // What Linux sends with a SYN.
    private static readonly byte[] Syn = [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 8, 1, 3, 3, 7];

    [Fact]
    public void Each_block_of_a_selective_acknowledgment_is_read()
    {
        var option = new TcpOption(TcpOptionKind.Sack, [0, 0, 0, 1, 0, 0, 0, 5, 255, 255, 255, 255, 0, 0, 0, 9]);
        Assert.True(option.TrySackBlock(0, out var left, out var right));
        Assert.Equal((1u, 5u), (left, right));
        Assert.True(option.TrySackBlock(1, out left, out right));
        Assert.Equal((uint.MaxValue, 9u), (left, right));
        Assert.False(option.TrySackBlock(2, out _, out _));
        Assert.False(new TcpOption(TcpOptionKind.Sack, [0, 0, 0, 1]).TrySackBlock(0, out _, out _));
        Assert.False(new TcpOption(TcpOptionKind.Timestamps, [0, 0, 0, 1, 0, 0, 0, 5]).TrySackBlock(0, out _, out _));
    }

    [Fact]
    public void The_options_of_a_SYN_are_walked()
    {
        var packet = Decode(PacketBuilder.Tcp(Client, Server, 1, 0, TcpFlags.Syn, options: Syn));
        Assert.Equal(Syn, packet.Options);
        Assert.Equal("mss 1460, SackPermitted, Timestamps 0000000900000008, WindowScale 07", Describe(packet.Options));
    }

    [Theory]
    [InlineData(new byte[] { }, "")]
    [InlineData(new byte[] { 1, 1, 1, 1 }, "")]
    [InlineData(new byte[] { 0, 2, 4, 5 }, "")]
    [InlineData(new byte[] { 3, 3, 15, 1 }, "WindowScale 0F")]
    [InlineData(new byte[] { 4, 2, 2, 0 }, "SackPermitted")] // a length of 0 leads nowhere
    [InlineData(new byte[] { 4, 2, 2, 4, 5 }, "SackPermitted")] // cut
    [InlineData(new byte[] { 4, 2, 2 }, "SackPermitted")]
    [InlineData(new byte[] { 2, 3, 5, 253, 3, 1 }, "MaximumSegmentSize 05, 253 01")] // wrong length; unknown kind
    public void The_walk_ends_where_a_length_leads_nowhere(byte[] options, string expected) => Assert.Equal(expected, Describe(options));

    [Fact]
    public void Options_cut_by_the_snap_length_are_still_a_segment()
    {
        var frame = PacketBuilder.Tcp(Client, Server, 1, 0, TcpFlags.Syn, new byte[30], options: Syn);
        var packet = Decode(frame[..60], originalLength: (uint)frame.Length);
        Assert.Equal(PacketKind.Tcp, packet.Kind);
        Assert.Equal(Syn[..6], packet.Options);
        Assert.True(packet.Payload.IsEmpty);
        Assert.Equal(30, packet.PayloadLength);
    }

    [Fact]
    public void Random_options_end()
    {
        var random = new Random(7);
        var options = new byte[40];
        for (var round = 0; round < 10_000; round++)
        {
            random.NextBytes(options);
            for (var i = 1; i < options.Length; i += 2) options[i] %= 12;
            var total = 0;
            foreach (var option in new TcpOptions(options)) total += option.Value.Length + 2;
            Assert.InRange(total, 0, options.Length);
        }
    }

    private static string Describe(ReadOnlySpan<byte> options)
    {
        var text = new List<string>();
        foreach (var option in new TcpOptions(options))
        {
            if (option.TryMaximumSegmentSize(out var bytes)) text.Add($"mss {bytes}");
            else text.Add($"{option.Kind} {Convert.ToHexString(option.Value)}".TrimEnd());
        }

        return string.Join(", ", text);
    }
}
