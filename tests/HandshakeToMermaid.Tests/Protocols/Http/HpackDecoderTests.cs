using HandshakeToMermaid.Protocols.Http;

namespace HandshakeToMermaid.Tests.Protocols.Http;

public sealed class HpackDecoderTests
{
    [Theory]
    [InlineData("400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key: custom-header", 55)]
    [InlineData("040c2f73616d706c652f70617468", ":path: /sample/path", 0)]
    [InlineData("100870617373776f726406736563726574", "password: secret", 0)]
    [InlineData("82", ":method: GET", 0)]
    public void Rfc_7541_c2_single_fields_decode(string block, string expected, int tableSize)
    {
        var decoder = new HpackDecoder();
        Assert.Equal(expected, Decode(decoder, block));
        Assert.Equal(tableSize, decoder.TableSize);
    }

    [Theory]
    [InlineData("828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865", "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565")]
    [InlineData("828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf", "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")]
    public void Rfc_7541_c3_and_c4_requests_decode(string first, string second, string third)
    {
        var decoder = new HpackDecoder();
        Assert.Equal(":method: GET, :scheme: http, :path: /, :authority: www.example.com", Decode(decoder, first));
        Assert.Equal(57, decoder.TableSize);
        Assert.Equal(":method: GET, :scheme: http, :path: /, :authority: www.example.com, cache-control: no-cache", Decode(decoder, second));
        Assert.Equal(110, decoder.TableSize);
        Assert.Equal(":method: GET, :scheme: https, :path: /index.html, :authority: www.example.com, custom-key: custom-value", Decode(decoder, third));
        Assert.Equal(164, decoder.TableSize);
    }

    [Fact]
    public void Rfc_7541_c6_responses_decode_with_eviction()
    {
        var decoder = new HpackDecoder();
        Decode(decoder, "3fe101");
        Assert.Equal(
            ":status: 302, cache-control: private, date: Mon, 21 Oct 2013 20:13:21 GMT, location: https://www.example.com",
            Decode(decoder, "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3"));
        Assert.Equal(222, decoder.TableSize);
        Assert.StartsWith(":status: 307, cache-control: private, date: Mon", Decode(decoder, "4883640effc1c0bf"));
        Assert.Equal(222, decoder.TableSize);
        Assert.Equal(
            ":status: 200, cache-control: private, date: Mon, 21 Oct 2013 20:13:22 GMT, location: https://www.example.com, "
            + "content-encoding: gzip, set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
            Decode(decoder, "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"));
        Assert.Equal(215, decoder.TableSize);
    }

    [Theory]
    [InlineData(0, 0x1ff8, 13)]
    [InlineData(1, 0x7fffd8, 23)]
    [InlineData(9, 0xffffea, 24)]
    [InlineData(10, 0x3ffffffc, 30)]
    [InlineData(22, 0x3ffffffe, 30)]
    [InlineData('<', 0x7ffc, 15)]
    [InlineData('\\', 0x7fff0, 19)]
    [InlineData('~', 0x1ffd, 13)]
    [InlineData(128, 0xfffe6, 20)]
    [InlineData(208, 0x7fff2, 19)]
    [InlineData(249, 0xffffffe, 28)]
    [InlineData(255, 0x3ffffee, 26)]
    public void A_code_of_the_rfcs_table_stands_for_its_symbol(int symbol, int code, int length)
    {
        var bits = ((ulong)code << (64 - length)) | (ulong.MaxValue >> length);
        var encoded = BitConverter.GetBytes(bits).Reverse().Take((length + 7) / 8).ToArray();
        var output = new byte[4];
        Assert.True(HpackHuffman.TryDecode(encoded, output, out var written));
        Assert.Equal((1, symbol), (written, output[0]));
    }

    [Theory]
    [InlineData("80")] // index 0
    [InlineData("be")] // an index beyond the table
    [InlineData("ffffffffffff7f")] // an endless integer
    [InlineData("3fffffff7f")] // a table of two gigabytes
    [InlineData("0005616263")] // a string cut short
    [InlineData("0081ff0161")] // padding of a whole octet
    [InlineData("008100" + "0161")] // padding of zeros
    public void What_the_rfc_forbids_is_refused(string block) =>
        Assert.False(new HpackDecoder().TryDecode(Convert.FromHexString(block), []));

    [Fact]
    public void Values_that_nobody_asked_for_are_not_kept()
    {
        var decoder = new HpackDecoder(name => name == ":path");
        var fields = new List<HpackField>();
        Assert.True(decoder.TryDecode(Convert.FromHexString("400a637573746f6d2d6b65790d637573746f6d2d686561646572" + "be" + "040c2f73616d706c652f70617468"), fields));
        Assert.Equal([new("custom-key", null), new("custom-key", null), new(":path", "/sample/path")], fields);
        Assert.Equal(55, decoder.TableSize);
    }

    [Fact]
    public void Random_blocks_never_throw_and_the_table_stays_bounded()
    {
        var random = new Random(7541);
        for (var i = 0; i < 3000; i++)
        {
            var decoder = new HpackDecoder();
            for (var j = 0; j < 3; j++)
            {
                var block = new byte[random.Next(200)];
                random.NextBytes(block);
                decoder.TryDecode(block, []);
                Assert.InRange(decoder.TableSize, 0, 64 * 1024);
            }
        }
    }

    private static string Decode(HpackDecoder decoder, string block)
    {
        var fields = new List<HpackField>();
        Assert.True(decoder.TryDecode(Convert.FromHexString(block), fields));
        return string.Join(", ", fields.Select(field => $"{field.Name}: {field.Value}"));
    }
}
