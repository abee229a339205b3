using HandshakeToMermaid.Protocols.Http;

namespace HandshakeToMermaid.Tests.Protocols.Http;

/// <summary>A phrase is found however the bytes are cut.</summary>
public sealed class PhraseSearchTests
{
    [Fact]
    public void A_phrase_is_found_across_any_cut()
    {
        var body = "<p>No required SSL certificate was sent</p>"u8.ToArray();
        for (var length = 1; length <= body.Length; length++)
        {
            var search = new PhraseSearch("No required SSL certificate was sent"u8.ToArray(), 4096);
            foreach (var piece in body.Chunk(length)) search.Feed(piece);
            Assert.True(search.IsFound, $"pieces of {length}");
        }
    }

    [Fact]
    public void Another_text_and_one_behind_the_limit_are_not_found()
    {
        var other = new PhraseSearch("abc"u8.ToArray(), 4096);
        foreach (var letter in "ababdabbcacb"u8.ToArray()) other.Feed([letter]);
        Assert.False(other.IsFound);
        var behind = new PhraseSearch("abc"u8.ToArray(), 4);
        behind.Feed("xxabc"u8);
        Assert.False(behind.IsFound);
        Assert.True(behind.IsDone);
    }
}
