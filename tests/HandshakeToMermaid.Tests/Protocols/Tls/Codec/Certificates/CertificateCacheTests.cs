using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class CertificateCacheTests
{
    [Fact]
    public void The_same_bytes_are_read_once()
    {
        var cache = new CertificateCache();
        var first = cache.Read(CertificateCases.Der("ed25519"));

        Assert.Same(first, cache.Read(CertificateCases.Der("ed25519")));
        Assert.NotSame(first, cache.Read(CertificateCases.Der("ed448")));
        Assert.Equal(2, cache.Count);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(5, 1)]
    public void It_never_holds_more_than_it_may(int certificates, int held)
    {
        var cache = new CertificateCache(capacity: 4);
        for (var i = 0; i < certificates; i++) cache.Read([0x30, (byte)i]);

        Assert.Equal(held, cache.Count);
    }

    [Fact]
    public void Without_room_nothing_is_kept_and_everything_is_read()
    {
        var cache = new CertificateCache(capacity: 0);
        Assert.Equal(2, cache.Read([0x30, 0]).Der.Length);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Bytes_that_change_later_change_no_certificate()
    {
        var cache = new CertificateCache();
        byte[] der = [0x30, 0];
        var certificate = cache.Read(der);
        der[0] = 1;
        Assert.Equal([0x30, 0], certificate.Der.ToArray());
        Assert.NotSame(certificate, cache.Read(der));
    }

    [Fact]
    public void It_never_holds_more_bytes_than_it_may()
    {
        var cache = new CertificateCache(capacityBytes: 10);
        cache.Read(new byte[6]);
        cache.Read(new byte[4]);
        Assert.Equal(2, cache.Count);
        cache.Read(new byte[5]);
        Assert.Equal(1, cache.Count);
        cache.Read(new byte[11]);
        Assert.Equal(0, cache.Count);
    }
}
