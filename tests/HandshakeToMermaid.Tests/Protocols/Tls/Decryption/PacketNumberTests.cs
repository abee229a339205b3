using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>RFC 9000 appendix A.3, RFC 9147 section 4.2.2: the header holds only the low bits of a number.</summary>
public sealed class PacketNumberTests
{
    [Fact]
    public void The_example_of_RFC_9000_is_reconstructed() => Assert.Equal(0xA82F_9B32UL, PacketNumber.Nearest(0xA82F_30EB, 0x9B32, 16));

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Every_number_within_half_a_window_of_the_expected_one_is_reconstructed(int bits)
    {
        var window = 1L << bits;
        foreach (var next in new[] { 0, 1, window / 2, window - 1, window, window + 1, (5 * window) - 1, 5 * window, (5 * window) + (window / 2) })
        {
            for (var number = Math.Max(0, next - (window / 2) + 1); number <= next + (window / 2); number++)
            {
                Assert.Equal((ulong)number, PacketNumber.Nearest((ulong)next, (ulong)(number % window), bits));
            }
        }
    }
}
