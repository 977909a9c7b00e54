using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

public sealed class ValueReaderTests
{
    [Theory]
    [InlineData("track order FXVjwDP41f", ValueKinds.Identifier)]
    [InlineData("what was on 2022-12-31", ValueKinds.Date)]
    [InlineData("how many tomorrow?", ValueKinds.Date)]
    [InlineData("the films of 1994", ValueKinds.Date)]
    [InlineData("add 23 to it", ValueKinds.Number)]
    [InlineData("weather in Oslo", ValueKinds.Text)]
    [InlineData("say \"hello\"", ValueKinds.Text)]
    [InlineData("Weather, please", ValueKinds.None)]
    [InlineData("move 5 of them to Oslo on Monday", ValueKinds.Number | ValueKinds.Text | ValueKinds.Date)]
    internal void Read_Text_TellsWhatValuesItOffers(string text, ValueKinds kinds) => ValueReader.Read(text).Should().Be(kinds);

    [Fact]
    public void ArgumentShape_Schema_TellsWhatValuesAToolTakes()
    {
        Tool tool = ToolFactory.Make("t", "", """
            {"properties":{"order_id":{"type":"string"},"startDate":{"type":"string"},"amount":{"type":"number"},"city":{"type":"string"},"loud":{"type":"boolean"}},
             "required":["order_id","city"]}
            """);

        ArgumentShape.Of(tool.InputSchema).Should().Be(new ArgumentShape(
            ValueKinds.Identifier | ValueKinds.Date | ValueKinds.Number | ValueKinds.Text, ValueKinds.Identifier | ValueKinds.Text, 5, 2));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"properties":{"a":true}}""")]
    public void ArgumentShape_SchemaThatSaysLittle_NeedsNothing(string schema) =>
        ArgumentShape.Of(ToolFactory.Make("t", "", schema).InputSchema).Needed.Should().Be(ValueKinds.None);
}
